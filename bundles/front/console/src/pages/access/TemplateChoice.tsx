import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import type { Template } from "./documents";

/** Replaces the document by one to begin with. */
export function TemplateChoice({
  templates,
  onChoose,
}: {
  templates: readonly Template[];
  onChoose: (document: string) => void;
}) {
  return (
    <FormField label="Begin with a template" description="It replaces what stands in the document.">
      <Select
        ariaLabel="Template"
        placeholder="Choose a template"
        selectedOption={null}
        expandToViewport
        options={templates.map(({ id, label, description }) => ({ value: id, label, description }))}
        onChange={({ detail }) => {
          const chosen = templates.find((one) => one.id === detail.selectedOption.value);
          if (chosen) {
            onChoose(chosen.document);
          }
        }}
      />
    </FormField>
  );
}
