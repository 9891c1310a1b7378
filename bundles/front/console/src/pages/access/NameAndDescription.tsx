import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

interface Props {
  label: string;
  name: string;
  /** What is wrong with the name, when that is to be told. */
  wrong?: string | false;
  onName: (name: string) => void;
  description: string;
  /** What is to be known of the description. */
  hint?: string;
  onDescription: (description: string) => void;
}

/** The fields that whatever has a name begins with. */
export function NameAndDescription({ label, name, wrong, onName, description, hint, onDescription }: Props) {
  return (
    <>
      <FormField label={label} errorText={wrong}>
        <Input value={name} spellcheck={false} onChange={({ detail }) => onName(detail.value)} />
      </FormField>
      <FormField
        label={
          <>
            Description <i>- optional</i>
          </>
        }
        description={hint}
      >
        <Input value={description} onChange={({ detail }) => onDescription(detail.value)} />
      </FormField>
    </>
  );
}
