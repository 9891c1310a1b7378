import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useLocation } from "wouter";
import { createGroup, listGroups, type Group, type Wanted } from "../../api/access";
import { notify } from "../../app/notices";
import { time } from "../../app/times";
import type { Column } from "../../lists/ListTable";
import { Dialog } from "../../app/Dialog";
import { NamedList } from "./NamedList";
import { groupAt } from "./places";
import { To } from "./To";

const columns: readonly Column<Group>[] = [
  {
    id: "name",
    header: "Name",
    cell: (one) => <To page={groupAt(one.name)}>{one.name}</To>,
    rowHeader: true,
    minWidth: 160,
  },
  { id: "created", header: "Created", cell: (one) => time(one.createdAt), minWidth: 180 },
  { id: "path", header: "Path", cell: (one) => one.path },
  { id: "arn", header: "ARN", cell: (one) => one.arn, minWidth: 260 },
];

const ask = (query: Wanted, _: URLSearchParams, signal: AbortSignal) => listGroups(query, signal);

/** Users with the same policies. */
export default function Groups() {
  const [, go] = useLocation();
  const [name, setName] = useState<string>();
  return (
    <>
      <NamedList<Group>
        title="Groups"
        what="groups"
        description="Give a policy to a group, and all its users have it."
        columns={columns}
        ask={ask}
        create={
          <Button variant="primary" onClick={() => setName("")}>
            Create group
          </Button>
        }
        empty="Create one for people who do the same."
      />
      {name !== undefined && (
        <Dialog
          title="Create group"
          action="Create group"
          ready={/^[A-Za-z0-9_+=,.@-]{1,128}$/.test(name)}
          work={() => createGroup(name)}
          onClose={(done) => {
            setName(undefined);
            if (done) {
              notify({ type: "success", title: `The group ${name} is created` });
              go(groupAt(name));
            }
          }}
        >
          <FormField label="Group name" constraintText="1 to 128 letters, digits and _+=,.@-">
            <Input value={name} spellcheck={false} autoFocus onChange={({ detail }) => setName(detail.value)} />
          </FormField>
        </Dialog>
      )}
    </>
  );
}
