import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { ManagedNode } from "../../api/calls";
import { approveNode, deregisterNode } from "../../api/nodes";
import { nodeName } from "../../app/names";
import { notify, notifyProblem } from "../../app/notices";

interface Props {
  node: ManagedNode;
  onDone: () => void;
  /** Whether they stand in running text. */
  inline?: boolean;
}

/** Lets a node in that waits, or sends it away; nothing of it runs yet, so there is nothing to ask back for. */
export function LetIn({ node, onDone, inline = true }: Props) {
  const [busy, setBusy] = useState<"approve" | "refuse">();
  const name = nodeName(node);
  const decide = async (approve: boolean) => {
    setBusy(approve ? "approve" : "refuse");
    try {
      await (approve ? approveNode(node.id) : deregisterNode(node.id));
      notify({
        type: "success",
        title: approve ? `${name} was let in` : `${name} was refused`,
        text: approve
          ? "It comes online by itself as soon as its agent asks again."
          : "It is no managed node, and its key is worth nothing.",
      });
    } catch (thrown) {
      notifyProblem(approve ? `${name} was not let in` : `${name} was not refused`, thrown);
    }
    setBusy(undefined);
    onDone();
  };
  return (
    <SpaceBetween direction="horizontal" size="s">
      <Button
        variant={inline ? "inline-link" : "normal"}
        loading={busy === "approve"}
        disabled={busy === "refuse"}
        ariaLabel={`Approve ${name}`}
        onClick={() => void decide(true)}
      >
        Approve
      </Button>
      <Button
        variant={inline ? "inline-link" : "normal"}
        loading={busy === "refuse"}
        disabled={busy === "approve"}
        ariaLabel={`Refuse ${name}`}
        onClick={() => void decide(false)}
      >
        Refuse
      </Button>
    </SpaceBetween>
  );
}
