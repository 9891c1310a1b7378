import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { asProblem, type Problem } from "../api/problem";

interface Props {
  title: string;
  /** Text of the button that does it. */
  action: string;
  children: ReactNode;
  work: () => Promise<unknown>;
  /** @param done whether it was done, and not left */
  onClose: (done: boolean) => void;
}

/** Asks before something that cannot be taken back. Stays open, and says why, when it fails. */
export function Confirm({ title, action, children, work, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const confirm = async () => {
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
      onDismiss={() => onClose(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onClose(false)}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void confirm()}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div>{children}</div>
        {problem && <Alert type="error">{problem.message}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
