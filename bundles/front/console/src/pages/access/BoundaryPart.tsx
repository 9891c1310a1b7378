import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { limit, type Owner } from "../../api/owners";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";
import { Choice, type Choosable } from "./Choice";
import { findPolicy } from "./choices";
import { Dialog } from "../../app/Dialog";
import { policyAt } from "./places";
import { To } from "./To";

interface Props {
  owner: Owner & { kind: "users" | "roles" };
  boundary: string | null;
  onChanged: () => void;
}

/** The policy that limits all others of a user or role. */
export function BoundaryPart({ owner, boundary, onChanged }: Props) {
  const [setting, setSetting] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [chosen, setChosen] = useState<Choosable>();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Whatever other policies allow, nothing is allowed that this one does not allow, too."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {boundary !== null && <Button onClick={() => setRemoving(true)}>Remove boundary</Button>}
              <Button
                onClick={() => {
                  setChosen(undefined);
                  setSetting(true);
                }}
              >
                {boundary === null ? "Set boundary" : "Change boundary"}
              </Button>
            </SpaceBetween>
          }
        >
          Permissions boundary
        </Header>
      }
    >
      {boundary === null ? (
        <Box color="text-body-secondary">No boundary is set.</Box>
      ) : (
        <To page={policyAt(boundary)}>{boundary}</To>
      )}
      {setting && (
        <Dialog
          title="Set permissions boundary"
          action="Set boundary"
          ready={chosen !== undefined}
          work={() => limit(owner, chosen?.value)}
          onClose={(done) => {
            setSetting(false);
            if (done) {
              notify({ type: "success", title: "Boundary set", text: `${owner.name} is limited by ${chosen?.label}.` });
              onChanged();
            }
          }}
        >
          <FormField label="Policy">
            <Choice
              label="boundary"
              placeholder="Choose a policy"
              chosen={chosen}
              onChoose={setChosen}
              find={findPolicy}
            />
          </FormField>
        </Dialog>
      )}
      {removing && (
        <Confirm
          title="Remove permissions boundary"
          action="Remove"
          work={() => limit(owner, undefined)}
          onClose={(done) => {
            setRemoving(false);
            if (done) {
              notify({ type: "success", title: "Boundary removed", text: owner.name });
              onChanged();
            }
          }}
        >
          Remove the boundary of <b>{owner.name}</b>? From then on everything is allowed that its policies allow.
        </Confirm>
      )}
    </Container>
  );
}
