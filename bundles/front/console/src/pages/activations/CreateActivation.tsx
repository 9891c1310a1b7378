import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { createActivation, type MadeActivation } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { Created } from "./Created";
import { faults, START, wanted, type Fields, type Unit } from "./form";

const UNITS = [
  { value: "hours", label: "hours" },
  { value: "days", label: "days" },
];

/** A new activation; then, once, its code. */
export default function CreateActivation() {
  const [, go] = useLocation();
  const [fields, setFields] = useState<Fields>(START);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [made, setMade] = useState<MadeActivation>();
  const set = (next: Partial<Fields>) => setFields((old) => ({ ...old, ...next }));
  const wrong = asked ? faults(fields) : {};
  const [folded, setFolded] = useState({ who: true, role: true });

  if (made) {
    return <Created made={made} />;
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const found = faults(fields);
    if (Object.keys(found).length > 0) {
      // what is wrong is not left behind a fold
      setFolded((old) => ({ who: old.who && !found.sources, role: old.role && !found.tags }));
      return;
    }
    setBusy(true);
    try {
      setMade(await createActivation(wanted(fields)));
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  const tag = (index: number, part: "key" | "value", value: string) =>
    set({ tags: fields.tags.map((one, at) => (at === index ? { ...one, [part]: value } : one)) });

  return (
    <Page title="Create activation">
      <ContentLayout
        header={
          <Header variant="h1" description="Gives a code, once, with which machines register as managed nodes.">
            Create activation
          </Header>
        }
      >
        <form onSubmit={(event) => void submit(event)}>
          <Form
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" formAction="none" onClick={() => go("/activations")}>
                  Cancel
                </Button>
                <Button variant="primary" formAction="submit" loading={busy}>
                  Create activation
                </Button>
              </SpaceBetween>
            }
          >
            <SpaceBetween size="l">
              {problem && <ProblemAlert problem={problem} />}
              <Container header={<Header variant="h2">Machines</Header>}>
                <SpaceBetween size="l">
                  <FormField label={optional("Description")} description="For you, to tell it from others.">
                    <Input value={fields.description} onChange={({ detail }) => set({ description: detail.value })} />
                  </FormField>
                  <FormField
                    label={optional("Default name")}
                    description="The name of the nodes that register with it."
                  >
                    <Input value={fields.defaultName} onChange={({ detail }) => set({ defaultName: detail.value })} />
                  </FormField>
                  <FormField
                    label="Node limit"
                    description="How many machines may register with the code."
                    errorText={wrong.limit}
                  >
                    <Input
                      type="number"
                      inputMode="numeric"
                      value={fields.limit}
                      onChange={({ detail }) => set({ limit: detail.value })}
                    />
                  </FormField>
                  <FormField label="Expires after" description="30 days at most." errorText={wrong.life}>
                    <SpaceBetween direction="horizontal" size="xs">
                      <Input
                        type="number"
                        inputMode="numeric"
                        value={fields.life}
                        ariaLabel="Time until it expires"
                        onChange={({ detail }) => set({ life: detail.value })}
                      />
                      <Select
                        ariaLabel="Unit of the time"
                        selectedOption={UNITS.find((unit) => unit.value === fields.unit) ?? null}
                        options={UNITS}
                        onChange={({ detail }) => set({ unit: detail.selectedOption.value as Unit })}
                      />
                    </SpaceBetween>
                  </FormField>
                </SpaceBetween>
              </Container>
              <ExpandableSection
                variant="container"
                headerText="Who may register"
                expanded={!folded.who}
                onChange={({ detail }) => setFolded((old) => ({ ...old, who: !detail.expanded }))}
                headerDescription="Asks more than the code."
              >
                <SpaceBetween size="l">
                  <Checkbox
                    checked={fields.approval}
                    description="Each machine waits under Managed nodes until somebody approves it."
                    onChange={({ detail }) => set({ approval: detail.checked })}
                  >
                    A person lets each node in
                  </Checkbox>
                  <FormField
                    label={optional("Ranges of addresses")}
                    description="Machines register from these only. Without any they may from everywhere."
                    constraintText="One a line, 20 at most, like 192.0.2.0/24 or 2001:db8::/32."
                    errorText={wrong.sources}
                  >
                    <Textarea
                      value={fields.sources}
                      rows={3}
                      spellcheck={false}
                      onChange={({ detail }) => set({ sources: detail.value })}
                    />
                  </FormField>
                </SpaceBetween>
              </ExpandableSection>
              <ExpandableSection
                variant="container"
                headerText="Role and tags"
                expanded={!folded.role}
                onChange={({ detail }) => setFolded((old) => ({ ...old, role: !detail.expanded }))}
              >
                <SpaceBetween size="l">
                  <FormField
                    label={optional("Role")}
                    description="What the nodes act as. Without one it is SSMServiceRole."
                  >
                    <Input
                      value={fields.role}
                      placeholder="SSMServiceRole"
                      spellcheck={false}
                      onChange={({ detail }) => set({ role: detail.value })}
                    />
                  </FormField>
                  <FormField
                    label={optional("Tags of the nodes")}
                    description="Policies can name them, and lists can be filtered by them."
                    errorText={wrong.tags}
                    stretch
                  >
                    <AttributeEditor
                      items={fields.tags}
                      addButtonText="Add tag"
                      removeButtonText="Remove"
                      empty="The nodes get no tags."
                      definition={[
                        {
                          label: "Key",
                          control: (item, index) => (
                            <Input
                              ariaLabel={`Key of tag ${index + 1}`}
                              value={item.key}
                              onChange={({ detail }) => tag(index, "key", detail.value)}
                            />
                          ),
                        },
                        {
                          label: "Value",
                          control: (item, index) => (
                            <Input
                              ariaLabel={`Value of tag ${index + 1}`}
                              value={item.value}
                              onChange={({ detail }) => tag(index, "value", detail.value)}
                            />
                          ),
                        },
                      ]}
                      onAddButtonClick={() => set({ tags: [...fields.tags, { key: "", value: "" }] })}
                      onRemoveButtonClick={({ detail }) =>
                        set({ tags: fields.tags.filter((_, at) => at !== detail.itemIndex) })
                      }
                    />
                  </FormField>
                </SpaceBetween>
              </ExpandableSection>
            </SpaceBetween>
          </Form>
        </form>
      </ContentLayout>
    </Page>
  );
}

const optional = (label: string) => (
  <>
    {label} <i>- optional</i>
  </>
);
