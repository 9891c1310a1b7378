import type { ReactNode } from "react";
import { Dialog } from "./Dialog";

interface Props {
  title: string;
  /** Text of the button that does it. */
  action: string;
  /** The question, as one text. */
  children: ReactNode;
  work: () => Promise<unknown>;
  /** @param done whether it was done, and not left */
  onClose: (done: boolean) => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ children, ...asked }: Props) {
  return (
    <Dialog ready {...asked}>
      <div>{children}</div>
    </Dialog>
  );
}
