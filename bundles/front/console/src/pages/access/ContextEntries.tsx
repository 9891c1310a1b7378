import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import type { Entry } from "./questions";

/** The condition keys of a request. */
export function ContextEntries({
  entries,
  onChange,
}: {
  entries: readonly Entry[];
  onChange: (entries: readonly Entry[]) => void;
}) {
  const set = (index: number, more: Partial<Entry>) =>
    onChange(entries.map((one, at) => (at === index ? { ...one, ...more } : one)));
  return (
    <FormField
      label="Condition keys"
      description="What else is known of the request, such as aws:SourceIp. Those that follow from the principal are there already."
      stretch
    >
      <AttributeEditor
        items={entries}
        addButtonText="Add key"
        removeButtonText="Remove"
        empty="No further keys."
        definition={[
          {
            label: "Key",
            control: (item, index) => (
              <Input
                ariaLabel={`Condition key ${index + 1}`}
                value={item.key}
                spellcheck={false}
                onChange={({ detail }) => set(index, { key: detail.value })}
              />
            ),
          },
          {
            label: "Values",
            control: (item, index) => (
              <Input
                ariaLabel={`Values of condition key ${index + 1}`}
                value={item.values}
                spellcheck={false}
                onChange={({ detail }) => set(index, { values: detail.value })}
              />
            ),
          },
        ]}
        onAddButtonClick={() => onChange([...entries, { key: "", values: "" }])}
        onRemoveButtonClick={({ detail }) => onChange(entries.filter((_, at) => at !== detail.itemIndex))}
      />
    </FormField>
  );
}
