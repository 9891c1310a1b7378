import Select from "@cloudscape-design/components/select";
import { useEffect, useState } from "react";
import type { Part } from "../../api/calls";
import { asProblem } from "../../api/problem";

export interface Choosable {
  value: string;
  label: string;
  description?: string;
}

interface Props {
  label: string;
  placeholder: string;
  chosen: Choosable | undefined;
  onChoose: (choice: Choosable) => void;
  /** Asks for what has the text in its name; a function that stays the same. */
  find: (text: string, signal: AbortSignal) => Promise<Part<Choosable>>;
}

/** Rest after the last key press before the server is asked, in milliseconds. */
const REST = 250;

/** One of many, found by a part of its name. */
export function Choice({ label, placeholder, chosen, onChoose, find }: Props) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<{ items: readonly Choosable[]; more: boolean; problem?: string }>();
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const asked = new AbortController();
    setFound(undefined);
    const timer = setTimeout(() => {
      find(text, asked.signal).then(
        (part) => !asked.signal.aborted && setFound({ items: part.items, more: part.next !== null }),
        (thrown: unknown) =>
          !asked.signal.aborted && setFound({ items: [], more: false, problem: asProblem(thrown).message }),
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [find, open, text]);
  return (
    <Select
      ariaLabel={label}
      placeholder={placeholder}
      filteringType="manual"
      filteringAriaLabel={`Find ${label}`}
      filteringPlaceholder="Find by name"
      expandToViewport
      selectedOption={chosen ?? null}
      options={found?.items ?? []}
      statusType={found === undefined ? "loading" : found.problem ? "error" : "finished"}
      loadingText="Looking"
      errorText={found?.problem ?? ""}
      empty="Nothing has this name."
      {...(found?.more && { finishedText: "There are more; type a part of the name." })}
      onFocus={() => setOpen(true)}
      onLoadItems={({ detail }) => {
        setOpen(true);
        setText(detail.filteringText);
      }}
      onChange={({ detail }) => {
        const value = detail.selectedOption.value;
        const choice = found?.items.find((one) => one.value === value);
        if (choice) {
          onChoose(choice);
        }
      }}
    />
  );
}
