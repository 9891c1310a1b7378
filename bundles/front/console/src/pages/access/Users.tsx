import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useLocation } from "wouter";
import { createUser, listUsers, type User, type Wanted } from "../../api/access";
import { notify } from "../../app/notices";
import { ago, time } from "../../app/times";
import type { Column } from "../../lists/ListTable";
import { Choice, type Choosable } from "./Choice";
import { findPolicy } from "./choices";
import { Dialog } from "../../app/Dialog";
import { NamedList } from "./NamedList";
import { userAt } from "./places";
import { To } from "./To";

const columns: readonly Column<User>[] = [
  {
    id: "name",
    header: "Name",
    cell: (one) => <To page={userAt(one.name)}>{one.name}</To>,
    rowHeader: true,
    minWidth: 160,
  },
  { id: "used", header: "Signed in with password", cell: (one) => ago(one.passwordUsedAt), minWidth: 180 },
  { id: "created", header: "Created", cell: (one) => time(one.createdAt), minWidth: 180 },
  { id: "path", header: "Path", cell: (one) => one.path },
  { id: "arn", header: "ARN", cell: (one) => one.arn, hidden: true, minWidth: 260 },
  { id: "id", header: "User ID", cell: (one) => one.id, hidden: true, minWidth: 200 },
];

const ask = (query: Wanted, _: URLSearchParams, signal: AbortSignal) => listUsers(query, signal);

/** Who can sign in or sign requests. */
export default function Users() {
  const [, go] = useLocation();
  const [creating, setCreating] = useState(false);
  const [name, setName] = useState("");
  const [boundary, setBoundary] = useState<Choosable>();
  return (
    <>
      <NamedList<User>
        title="Users"
        what="users"
        description="People and programs that this server knows. What they may do is said by policies, their own and those of their groups."
        columns={columns}
        ask={ask}
        create={
          <Button
            variant="primary"
            onClick={() => {
              setName("");
              setBoundary(undefined);
              setCreating(true);
            }}
          >
            Create user
          </Button>
        }
        empty="Nobody is here yet."
      />
      {creating && (
        <Dialog
          title="Create user"
          action="Create user"
          ready={/^[A-Za-z0-9_+=,.@-]{1,64}$/.test(name)}
          work={() => createUser({ name, ...(boundary && { boundary: boundary.value }) })}
          onClose={(done) => {
            setCreating(false);
            if (done) {
              notify({
                type: "success",
                title: `The user ${name} is created`,
                text: "Give it a password and a policy.",
              });
              go(userAt(name));
            }
          }}
        >
          <FormField label="User name" constraintText="1 to 64 letters, digits and _+=,.@-">
            <Input value={name} spellcheck={false} autoFocus onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField
            label={
              <>
                Permissions boundary <i>- optional</i>
              </>
            }
            description="The most that policies can ever allow this user."
          >
            <Choice
              label="boundary"
              placeholder="No boundary"
              chosen={boundary}
              onChoose={setBoundary}
              find={findPolicy}
            />
          </FormField>
        </Dialog>
      )}
    </>
  );
}
