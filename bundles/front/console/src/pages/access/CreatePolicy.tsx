import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { createPolicy } from "../../api/access";
import { asProblem, type Problem } from "../../api/problem";
import { notify } from "../../app/notices";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { DocumentEditor } from "./DocumentEditor";
import { templates } from "./documents";
import { policyAt } from "./places";
import { TemplateChoice } from "./TemplateChoice";

/** A managed policy of this account. */
export default function CreatePolicy() {
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [document, setDocument] = useState(templates[0]?.document ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [tried, setTried] = useState(false);
  const wrong = /^[A-Za-z0-9_+=,.@-]{1,128}$/.test(name) ? undefined : "1 to 128 letters, digits and _+=,.@-";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await createPolicy({ name, document, description: description.trim() || null });
      notify({ type: "success", title: `The policy ${name} is created`, text: "Attach it to who shall have it." });
      go(policyAt(made.arn));
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };

  return (
    <Page title="Create policy">
      <ContentLayout header={<Header variant="h1">Create policy</Header>}>
        <form onSubmit={(event) => void submit(event)}>
          <Form
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" formAction="none" onClick={() => go("/access/policies")}>
                  Cancel
                </Button>
                <Button variant="primary" formAction="submit" loading={busy}>
                  Create policy
                </Button>
              </SpaceBetween>
            }
          >
            <SpaceBetween size="l">
              {problem && <ProblemAlert problem={problem} />}
              <Container header={<Header variant="h2">Policy</Header>}>
                <SpaceBetween size="l">
                  <FormField label="Policy name" errorText={tried && wrong}>
                    <Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
                  </FormField>
                  <FormField
                    label={
                      <>
                        Description <i>- optional</i>
                      </>
                    }
                    description="It cannot be changed later."
                  >
                    <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
                  </FormField>
                </SpaceBetween>
              </Container>
              <Container header={<Header variant="h2">Document</Header>}>
                <SpaceBetween size="m">
                  <TemplateChoice templates={templates} onChoose={setDocument} />
                  <DocumentEditor label="Policy document" kind="MANAGED" value={document} onChange={setDocument} />
                </SpaceBetween>
              </Container>
            </SpaceBetween>
          </Form>
        </form>
      </ContentLayout>
    </Page>
  );
}
