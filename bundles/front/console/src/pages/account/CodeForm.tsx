import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent } from "react";
import { asProblem } from "../../api/problem";

interface Props {
  label: string;
  action: string;
  onSubmit: (code: string) => Promise<void>;
  onCancel: () => void;
}

/** Takes six digits, and says what is wrong with them. */
export function CodeForm({ label, action, onSubmit, onCancel }: Props) {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const digits = code.replaceAll(" ", "");
    if (!/^\d{6}$/.test(digits)) {
      setFault("The code is six digits.");
      return;
    }
    setBusy(true);
    setFault(undefined);
    try {
      await onSubmit(digits);
    } catch (thrown) {
      setFault(asProblem(thrown).message);
      setBusy(false);
      setCode("");
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <SpaceBetween size="m">
        <FormField label={label} errorText={fault}>
          <Input
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            onChange={({ detail }) => setCode(detail.value)}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" formAction="submit" loading={busy}>
            {action}
          </Button>
          <Button variant="link" formAction="none" onClick={onCancel}>
            Cancel
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}
