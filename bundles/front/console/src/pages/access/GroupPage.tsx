import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import {
  addToGroup,
  getGroup,
  membersOf,
  removeFromGroup,
  renameGroup,
  type Group,
  type User,
  type Wanted,
} from "../../api/access";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";
import { time } from "../../app/times";
import type { Column } from "../../lists/ListTable";
import { AttachedPolicies } from "./AttachedPolicies";
import { Choice, type Choosable } from "./Choice";
import { findUser } from "./choices";
import { Dialog } from "../../app/Dialog";
import { EntityPage } from "./EntityPage";
import { eraseGroup } from "./erase";
import { InlinePolicies } from "./InlinePolicies";
import { PartTable } from "./PartTable";
import { groupAt, userAt } from "./places";
import { Rename } from "./Rename";
import { To } from "./To";
import { useList } from "./useList";
import { useOne } from "./useOne";

/** One group: who is in it, and what it gives them. */
export default function GroupPage() {
  const [search] = useSearchParams();
  const name = search.get("name") ?? "";
  const group = useOne<Group>(useCallback((signal: AbortSignal) => getGroup(name, signal), [name]));
  const owner = { kind: "groups" as const, name };
  return (
    <EntityPage
      what="group"
      name={name}
      one={group}
      facts={(one) => [
        { label: "ARN", value: one.arn },
        { label: "Group ID", value: one.id },
        { label: "Created", value: time(one.createdAt) },
        { label: "Path", value: one.path },
      ]}
      actions={(one) => (
        <Rename what="group" one={one} longest={128} rename={renameGroup} at={groupAt} onPath={group.reload} />
      )}
      remove={{
        work: () => eraseGroup(name),
        back: "/access/groups",
        text: (
          <>
            Delete <b>{name}</b> with its policies? Its users stay and lose what it gave them, at once.
          </>
        ),
      }}
    >
      {() => (
        <>
          <Members group={name} />
          <AttachedPolicies {...owner} />
          <InlinePolicies {...owner} />
        </>
      )}
    </EntityPage>
  );
}

function Members({ group }: { group: string }) {
  const pages = useList<User>(
    useCallback((query: Wanted, signal: AbortSignal) => membersOf(group, query, signal), [group]),
  );
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<Choosable>();
  const [removing, setRemoving] = useState<string>();
  const columns: readonly Column<User>[] = [
    { id: "name", header: "User", cell: (one) => <To page={userAt(one.name)}>{one.name}</To>, rowHeader: true },
    {
      id: "action",
      header: "Actions",
      cell: (one) => (
        <Button variant="inline-link" ariaLabel={`Remove ${one.name}`} onClick={() => setRemoving(one.name)}>
          Remove
        </Button>
      ),
    },
  ];
  return (
    <>
      <PartTable
        title="Users"
        pages={pages}
        columns={columns}
        id={(one) => one.id}
        empty="Nobody is in the group."
        actions={
          <Button
            onClick={() => {
              setChosen(undefined);
              setAdding(true);
            }}
          >
            Add user
          </Button>
        }
      />
      {adding && (
        <Dialog
          title="Add user"
          action="Add"
          ready={chosen !== undefined}
          work={() => addToGroup(group, chosen?.value ?? "")}
          onClose={(done) => {
            setAdding(false);
            if (done) {
              notify({ type: "success", title: "User added", text: `${chosen?.label} is in ${group} now.` });
              pages.reload();
            }
          }}
        >
          <FormField label="User">
            <Choice label="user" placeholder="Choose a user" chosen={chosen} onChoose={setChosen} find={findUser} />
          </FormField>
        </Dialog>
      )}
      {removing !== undefined && (
        <Confirm
          title="Remove from group"
          action="Remove"
          work={() => removeFromGroup(group, removing)}
          onClose={(done) => {
            setRemoving(undefined);
            if (done) {
              notify({ type: "success", title: "User removed", text: `${removing} left ${group}.` });
              pages.reload();
            }
          }}
        >
          Remove <b>{removing}</b> from <b>{group}</b>? What the group's policies allowed is over at once.
        </Confirm>
      )}
    </>
  );
}
