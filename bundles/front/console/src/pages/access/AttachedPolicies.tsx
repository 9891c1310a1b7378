import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import { useCallback, useState } from "react";
import type { Attached, Wanted } from "../../api/access";
import { attach, attachedTo, detach, type Owner } from "../../api/owners";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";
import type { Column } from "../../lists/ListTable";
import { Choice, type Choosable } from "./Choice";
import { findPolicy } from "./choices";
import { Dialog } from "../../app/Dialog";
import { PartTable } from "./PartTable";
import { policyAt } from "./places";
import { To } from "./To";
import { useList } from "./useList";

/** The managed policies that a user, group or role has. */
export function AttachedPolicies({ kind, name }: Owner) {
  const pages = useList<Attached>(
    useCallback((query: Wanted, signal: AbortSignal) => attachedTo({ kind, name }, query, signal), [kind, name]),
  );
  const [attaching, setAttaching] = useState(false);
  const [chosen, setChosen] = useState<Choosable>();
  const [detaching, setDetaching] = useState<Attached>();
  const columns: readonly Column<Attached>[] = [
    { id: "name", header: "Policy", cell: (one) => <To page={policyAt(one.arn)}>{one.name}</To>, rowHeader: true },
    { id: "arn", header: "ARN", cell: (one) => one.arn },
    {
      id: "action",
      header: "Actions",
      cell: (one) => (
        <Button variant="inline-link" ariaLabel={`Detach ${one.name}`} onClick={() => setDetaching(one)}>
          Detach
        </Button>
      ),
    },
  ];
  return (
    <>
      <PartTable
        title="Attached policies"
        description="Managed policies, which several may have."
        pages={pages}
        columns={columns}
        id={(one) => one.arn}
        empty="No managed policy is attached."
        actions={
          <Button
            onClick={() => {
              setChosen(undefined);
              setAttaching(true);
            }}
          >
            Attach policy
          </Button>
        }
      />
      {attaching && (
        <Dialog
          title="Attach policy"
          action="Attach"
          ready={chosen !== undefined}
          work={() => attach({ kind, name }, chosen?.value ?? "")}
          onClose={(done) => {
            setAttaching(false);
            if (done) {
              notify({ type: "success", title: "Policy attached", text: `${name} has ${chosen?.label} now.` });
              pages.reload();
            }
          }}
        >
          <FormField label="Policy" description="It counts at once, for running sessions, too.">
            <Choice
              label="policy"
              placeholder="Choose a policy"
              chosen={chosen}
              onChoose={setChosen}
              find={findPolicy}
            />
          </FormField>
        </Dialog>
      )}
      {detaching && (
        <Confirm
          title="Detach policy"
          action="Detach"
          work={() => detach({ kind, name }, detaching.arn)}
          onClose={(done) => {
            setDetaching(undefined);
            if (done) {
              notify({ type: "success", title: "Policy detached", text: `${name} lost ${detaching.name}.` });
              pages.reload();
            }
          }}
        >
          Take <b>{detaching.name}</b> from <b>{name}</b>? What it allowed is over at once: sessions that nothing else
          allows end within seconds.
        </Confirm>
      )}
    </>
  );
}
