import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { ManagedNode } from "../../api/calls";
import { changeRole } from "../../api/nodes";
import { Confirm } from "../../app/Confirm";
import { nodeName } from "../../app/names";
import { notify } from "../../app/notices";

/** Asks for another role of a node. */
export function ChangeRole({ node, onClose }: { node: ManagedNode; onClose: (done: boolean) => void }) {
  const [role, setRole] = useState(node.role);
  const name = nodeName(node);
  return (
    <Confirm
      title="Change role"
      action="Change role"
      work={() => changeRole(node.id, role.trim())}
      onClose={(done) => {
        if (done) {
          notify({ type: "success", title: `${name} acts with ${role.trim()}`, text: "From its next credentials on." });
        }
        onClose(done);
      }}
    >
      <SpaceBetween size="m">
        <div>
          <b>{name}</b> acts with the role from its next credentials on; those of the old role last an hour at most.
          Sessions go on.
        </div>
        <FormField label="Role" description="Its name without the path. It must trust ssm.amazonaws.com.">
          <Input value={role} spellcheck={false} autoFocus onChange={({ detail }) => setRole(detail.value)} />
        </FormField>
      </SpaceBetween>
    </Confirm>
  );
}
