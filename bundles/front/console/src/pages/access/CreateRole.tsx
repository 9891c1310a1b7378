import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useMemo, useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { createRole } from "../../api/access";
import { server } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { notify } from "../../app/notices";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { DocumentEditor } from "./DocumentEditor";
import { trusts } from "./documents";
import { roleAt } from "./places";
import { TemplateChoice } from "./TemplateChoice";

const UNKNOWN_ACCOUNT = "000000000000";

/** A role begins with who may assume it. */
export default function CreateRole() {
  const [, go] = useLocation();
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
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [tried, setTried] = useState(false);
  const wrongName = /^[A-Za-z0-9_+=,.@-]{1,64}$/.test(name) ? undefined : "1 to 64 letters, digits and _+=,.@-";
  const wrongHours = /^([1-9]|1[0-2])$/.test(hours) ? undefined : "A whole number from 1 to 12.";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrongName || wrongHours) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await createRole({ name, trust, description: description.trim() || null, hours: Number(hours) });
      notify({ type: "success", title: `The role ${name} is created`, text: "Give it policies." });
      go(roleAt(name));
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };

  return (
    <Page title="Create role">
      <ContentLayout header={<Header variant="h1">Create role</Header>}>
        <form onSubmit={(event) => void submit(event)}>
          <Form
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" formAction="none" onClick={() => go("/access/roles")}>
                  Cancel
                </Button>
                <Button variant="primary" formAction="submit" loading={busy}>
                  Create role
                </Button>
              </SpaceBetween>
            }
          >
            <SpaceBetween size="l">
              {problem && <ProblemAlert problem={problem} />}
              <Container header={<Header variant="h2">Role</Header>}>
                <SpaceBetween size="l">
                  <FormField label="Role name" errorText={tried && wrongName}>
                    <Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
                  </FormField>
                  <FormField
                    label={
                      <>
                        Description <i>- optional</i>
                      </>
                    }
                  >
                    <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
                  </FormField>
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
            </SpaceBetween>
          </Form>
        </form>
      </ContentLayout>
    </Page>
  );
}
