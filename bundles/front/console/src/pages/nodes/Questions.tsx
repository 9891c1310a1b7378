import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { ManagedNode } from "../../api/calls";
import { decideMachine, type OtherMachine } from "../../api/nodes";
import { Confirm } from "../../app/Confirm";
import { nodeName } from "../../app/names";
import { notify, notifyProblem } from "../../app/notices";
import { ago, time } from "../../app/times";
import { LetIn } from "./LetIn";

interface Props {
  node: ManagedNode;
  onChange: () => void;
}

/** What a node asks of a person. */
export function Questions({ node, onChange }: Props) {
  return (
    <>
      {node.state === "PENDING" && (
        <Alert
          type="info"
          header="This node waits for approval"
          action={<LetIn node={node} onDone={onChange} inline={false} />}
        >
          It registered with an activation that asks a person, {ago(node.registeredAt)}
          {node.registeredFrom && ` from ${node.registeredFrom}`}. Until you approve it gets no credentials and runs
          nothing. Refuse removes it.
        </Alert>
      )}
      {node.state === "LEAVING" && (
        <Alert type="info" header="This node is being removed">
          What it had is being ended; it is gone from the list in a moment.
        </Alert>
      )}
      {node.otherMachines.map((other) => (
        <Machine key={other.fingerprint} node={node} other={other} onChange={onChange} />
      ))}
    </>
  );
}

function Machine({ node, other, onChange }: Props & { other: OtherMachine }) {
  const [accepting, setAccepting] = useState(false);
  const [busy, setBusy] = useState(false);
  const name = nodeName(node);
  const refuse = async () => {
    setBusy(true);
    try {
      await decideMachine(node.id, other.fingerprint, false);
      notify({ type: "success", title: `The other machine is not ${name}`, text: "It is not asked about again." });
    } catch (thrown) {
      notifyProblem("The other machine was not refused", thrown);
    }
    setBusy(false);
    onChange();
  };
  return (
    <>
      <Alert
        type={other.refused ? "info" : "warning"}
        header={other.refused ? "Another machine with this node's key was refused" : "Is another machine this node?"}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setAccepting(true)}>It is the node</Button>
            {!other.refused && (
              <Button loading={busy} onClick={() => void refuse()}>
                It is not
              </Button>
            )}
          </SpaceBetween>
        }
      >
        A machine with another fingerprint showed the key of {name}, last {ago(other.seenAt)} ({time(other.seenAt)})
        {other.from && ` from ${other.from}`}. It gets no credentials
        {other.refused ? "." : " until you decide. It may be a clone, or the same machine with other parts."}
        <Box color="text-body-secondary" fontSize="body-s">
          Its fingerprint is <span className="once">{other.fingerprint}</span>
        </Box>
      </Alert>
      {accepting && (
        <Confirm
          title="The other machine is the node"
          action="It is the node"
          work={() => decideMachine(node.id, other.fingerprint, true)}
          onClose={(done) => {
            setAccepting(false);
            if (done) {
              notify({
                type: "success",
                title: `Another machine is ${name} now`,
                text: "It comes online by itself. The one before is asked about when it comes back.",
              });
              onChange();
            }
          }}
        >
          <Box variant="p">
            From now on the machine with fingerprint <b className="once">{other.fingerprint}</b> is <b>{name}</b>. The
            machine that is the node now loses its credentials and its connection; you are asked about it when it comes
            back.
          </Box>
        </Confirm>
      )}
    </>
  );
}
