import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import { useCallback, useState } from "react";
import { addToGroup, groupsOf, removeFromGroup, type Group, type Wanted } from "../../api/access";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";
import type { Column } from "../../lists/ListTable";
import { Choice, type Choosable } from "./Choice";
import { findGroup } from "./choices";
import { Dialog } from "../../app/Dialog";
import { PartTable } from "./PartTable";
import { groupAt } from "./places";
import { To } from "./To";
import { useList } from "./useList";

/** The groups that a user is in. */
export function MembershipPart({ user }: { user: string }) {
  const pages = useList<Group>(
    useCallback((query: Wanted, signal: AbortSignal) => groupsOf(user, query, signal), [user]),
  );
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<Choosable>();
  const [leaving, setLeaving] = useState<string>();
  const columns: readonly Column<Group>[] = [
    { id: "name", header: "Group", cell: (one) => <To page={groupAt(one.name)}>{one.name}</To>, rowHeader: true },
    {
      id: "action",
      header: "Actions",
      cell: (one) => (
        <Button variant="inline-link" ariaLabel={`Remove from group ${one.name}`} onClick={() => setLeaving(one.name)}>
          Remove from group
        </Button>
      ),
    },
  ];
  return (
    <>
      <PartTable
        title="Groups"
        description="Who is in a group has its policies."
        pages={pages}
        columns={columns}
        id={(one) => one.id}
        empty="The user is in no group."
        actions={
          <Button
            onClick={() => {
              setChosen(undefined);
              setAdding(true);
            }}
          >
            Add to group
          </Button>
        }
      />
      {adding && (
        <Dialog
          title="Add to group"
          action="Add"
          ready={chosen !== undefined}
          work={() => addToGroup(chosen?.value ?? "", user)}
          onClose={(done) => {
            setAdding(false);
            if (done) {
              notify({ type: "success", title: "Added to group", text: `${user} is in ${chosen?.label} now.` });
              pages.reload();
            }
          }}
        >
          <FormField label="Group">
            <Choice label="group" placeholder="Choose a group" chosen={chosen} onChoose={setChosen} find={findGroup} />
          </FormField>
        </Dialog>
      )}
      {leaving !== undefined && (
        <Confirm
          title="Remove from group"
          action="Remove"
          work={() => removeFromGroup(leaving, user)}
          onClose={(done) => {
            setLeaving(undefined);
            if (done) {
              notify({ type: "success", title: "Removed from group", text: `${user} left ${leaving}.` });
              pages.reload();
            }
          }}
        >
          Remove <b>{user}</b> from <b>{leaving}</b>? What the group's policies allowed is over at once.
        </Confirm>
      )}
    </>
  );
}
