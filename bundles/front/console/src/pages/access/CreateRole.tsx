import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useMemo, useState } from "react";
import { createRole } from "../../api/access";
import { server } from "../../api/calls";
import { notify } from "../../app/notices";
import { CreateForm } from "./CreateForm";
import { DocumentEditor } from "./DocumentEditor";
import { trusts } from "./documents";
import { NameAndDescription } from "./NameAndDescription";
import { roleAt } from "./places";
import { TemplateChoice } from "./TemplateChoice";

const UNKNOWN_ACCOUNT = "000000000000";

/** A role begins with who may assume it. */
export default function CreateRole() {
  const [account, setAccount] = useState(UNKNOWN_ACCOUNT);
  useEffect(
    () =>
      void server().then(
        (about) => setAccount(about.accountId),
        () => undefined,
      ),
    [],
  );
  const templates = useMemo(() => trusts(account), [account]);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [hours, setHours] = useState("1");
  const [trust, setTrust] = useState(() => trusts(UNKNOWN_ACCOUNT)[0]?.document ?? "");
  const wrongName = /^[A-Za-z0-9_+=,.@-]{1,64}$/.test(name) ? undefined : "1 to 64 letters, digits and _+=,.@-";
  const wrongHours = /^([1-9]|1[0-2])$/.test(hours) ? undefined : "A whole number from 1 to 12.";

  const create = async () => {
    await createRole({ name, trust, description: description.trim() || null, hours: Number(hours) });
    notify({ type: "success", title: `The role ${name} is created`, text: "Give it policies." });
    return roleAt(name);
  };

  return (
    <CreateForm title="Create role" from="/access/roles" ready={!wrongName && !wrongHours} work={create}>
      {(tried) => (
        <>
          <Container header={<Header variant="h2">Role</Header>}>
            <SpaceBetween size="l">
              <NameAndDescription
                label="Role name"
                name={name}
                wrong={tried && wrongName}
                onName={setName}
                description={description}
                onDescription={setDescription}
              />
              <FormField label="Longest session in hours" errorText={tried && wrongHours}>
                <Input
                  type="number"
                  inputMode="numeric"
                  value={hours}
                  onChange={({ detail }) => setHours(detail.value)}
                />
              </FormField>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Who may assume it</Header>}>
            <SpaceBetween size="m">
              <TemplateChoice templates={templates} onChoose={setTrust} />
              <DocumentEditor label="Trust policy" kind="TRUST" value={trust} onChange={setTrust} />
            </SpaceBetween>
          </Container>
        </>
      )}
    </CreateForm>
  );
}
