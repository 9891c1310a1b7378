import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { asProblem, type Problem } from "../api/problem";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  title: string;
  /** Text of the button that does it. */
  action: string;
  /** Whether it can be done with what was given. */
  ready: boolean;
  size?: ModalProps.Size;
  children: ReactNode;
  work: () => Promise<unknown>;
  /** @param done whether it was done, and not left */
  onClose: (done: boolean) => void;
}

/** Asks for what something needs, then does it. Stays open, and says why, when that fails. */
export function Dialog({ title, action, ready, size, children, work, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = async () => {
    if (!ready || busy) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      onClose(true);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      size={size ?? "medium"}
      onDismiss={() => onClose(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onClose(false)}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={!ready} onClick={() => void submit()}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SpaceBetween size="m">
          {children}
          {problem && <ProblemAlert problem={problem} />}
        </SpaceBetween>
        {/* With more than one field Enter submits only where the form itself has a button. */}
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}
