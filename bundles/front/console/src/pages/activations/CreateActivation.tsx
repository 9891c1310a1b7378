import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { createActivation, type MadeActivation } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { Created } from "./Created";
import { faults, START, wanted, type Fields } from "./form";

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

  if (made) {
    return <Created made={made} />;
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faults(fields)).length > 0) {
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
                  <FormField label="Days until it expires" errorText={wrong.days}>
                    <Input
                      type="number"
                      inputMode="numeric"
                      value={fields.days}
                      onChange={({ detail }) => set({ days: detail.value })}
                    />
                  </FormField>
                </SpaceBetween>
              </Container>
              <ExpandableSection variant="container" headerText="Role and tags">
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
