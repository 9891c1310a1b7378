import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import { changeTrust, getRole, updateRole, type Role } from "../../api/access";
import { notify } from "../../app/notices";
import { ago, time } from "../../app/times";
import { AttachedPolicies } from "./AttachedPolicies";
import { BoundaryPart } from "./BoundaryPart";
import { Dialog } from "../../app/Dialog";
import { DocumentEditor } from "./DocumentEditor";
import { DocumentView } from "./DocumentView";
import { pretty } from "./documents";
import { EntityPage } from "./EntityPage";
import { eraseRole } from "./erase";
import { InlinePolicies } from "./InlinePolicies";
import { TagsPart } from "./TagsPart";
import { useOne } from "./useOne";

/** One role: who may assume it, and what it may then. */
export default function RolePage() {
  const [search] = useSearchParams();
  const name = search.get("name") ?? "";
  const role = useOne<Role>(useCallback((signal: AbortSignal) => getRole(name, signal), [name]));
  const [details, setDetails] = useState<{ description: string; hours: string }>();
  const owner = { kind: "roles" as const, name };
  return (
    <EntityPage
      what="role"
      name={name}
      one={role}
      facts={(one) => [
        { label: "ARN", value: one.arn },
        { label: "Description", value: one.description || "-" },
        { label: "Longest session", value: `${one.hours} h` },
        { label: "Last used", value: ago(one.usedAt) },
        { label: "Created", value: time(one.createdAt) },
        { label: "Role ID", value: one.id },
      ]}
      actions={(one) => (
        <Button onClick={() => setDetails({ description: one.description, hours: String(one.hours) })}>Edit</Button>
      )}
      remove={{
        work: () => eraseRole(name),
        back: "/access/roles",
        text: (
          <>
            Delete <b>{name}</b> with its policies? Its sessions are over at once, and nodes that act as it are on their
            own.
          </>
        ),
      }}
    >
      {(one) => (
        <>
          <Trust role={one} onChanged={role.reload} />
          <AttachedPolicies {...owner} />
          <InlinePolicies {...owner} />
          <BoundaryPart owner={owner} boundary={one.boundary} onChanged={role.reload} />
          <TagsPart tagged={owner} tags={one.tags} onChanged={role.reload} />
          {details && (
            <Dialog
              title="Edit role"
              action="Save"
              ready={/^([1-9]|1[0-2])$/.test(details.hours)}
              work={() => updateRole(name, { description: details.description, hours: Number(details.hours) })}
              onClose={(done) => {
                setDetails(undefined);
                if (done) {
                  notify({ type: "success", title: "Role changed", text: name });
                  role.reload();
                }
              }}
            >
              <FormField label="Description">
                <Input
                  value={details.description}
                  onChange={({ detail }) => setDetails({ ...details, description: detail.value })}
                />
              </FormField>
              <FormField label="Longest session in hours" constraintText="A whole number from 1 to 12.">
                <Input
                  type="number"
                  value={details.hours}
                  onChange={({ detail }) => setDetails({ ...details, hours: detail.value })}
                />
              </FormField>
            </Dialog>
          )}
        </>
      )}
    </EntityPage>
  );
}

function Trust({ role, onChanged }: { role: Role; onChanged: () => void }) {
  const [draft, setDraft] = useState<string>();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Who may assume the role."
          actions={<Button onClick={() => setDraft(pretty(role.trust))}>Edit trust policy</Button>}
        >
          Trust policy
        </Header>
      }
    >
      <DocumentView label="Trust policy" text={role.trust} />
      {draft !== undefined && (
        <Dialog
          title="Edit trust policy"
          action="Save"
          size="large"
          ready={draft.trim() !== ""}
          work={() => changeTrust(role.name, draft)}
          onClose={(done) => {
            setDraft(undefined);
            if (done) {
              notify({ type: "success", title: "Trust policy changed", text: role.name });
              onChanged();
            }
          }}
        >
          <DocumentEditor label="Trust policy" kind="TRUST" value={draft} onChange={setDraft} />
        </Dialog>
      )}
    </Container>
  );
}
