import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { createPolicy } from "../../api/access";
import { notify } from "../../app/notices";
import { CreateForm } from "./CreateForm";
import { DocumentEditor } from "./DocumentEditor";
import { templates } from "./documents";
import { NameAndDescription } from "./NameAndDescription";
import { policyAt } from "./places";
import { TemplateChoice } from "./TemplateChoice";

/** A managed policy of this account. */
export default function CreatePolicy() {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [document, setDocument] = useState(templates[0]?.document ?? "");
  const wrong = /^[A-Za-z0-9_+=,.@-]{1,128}$/.test(name) ? undefined : "1 to 128 letters, digits and _+=,.@-";

  const create = async () => {
    const made = await createPolicy({ name, document, description: description.trim() || null });
    notify({ type: "success", title: `The policy ${name} is created`, text: "Attach it to who shall have it." });
    return policyAt(made.arn);
  };

  return (
    <CreateForm title="Create policy" from="/access/policies" ready={!wrong} work={create}>
      {(tried) => (
        <>
          <Container header={<Header variant="h2">Policy</Header>}>
            <SpaceBetween size="l">
              <NameAndDescription
                label="Policy name"
                name={name}
                wrong={tried && wrong}
                onName={setName}
                description={description}
                hint="It cannot be changed later."
                onDescription={setDescription}
              />
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Document</Header>}>
            <SpaceBetween size="m">
              <TemplateChoice templates={templates} onChoose={setDocument} />
              <DocumentEditor label="Policy document" kind="MANAGED" value={document} onChange={setDocument} />
            </SpaceBetween>
          </Container>
        </>
      )}
    </CreateForm>
  );
}
