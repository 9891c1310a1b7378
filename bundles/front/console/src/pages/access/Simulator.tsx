import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useEffect, useState, type FormEvent } from "react";
import { useSearchParams } from "wouter";
import { simulate, type SimulatedAnswer } from "../../api/access";
import { listNodes, server } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { notifyProblem } from "../../app/notices";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { Choice, type Choosable } from "./Choice";
import { findNode, findPrincipal } from "./choices";
import { ContextEntries } from "./ContextEntries";
import { DocumentEditor } from "./DocumentEditor";
import {
  askable,
  documentArn,
  nodeArn,
  nodeEntries,
  presets,
  SHELL_DOCUMENT,
  simulationOf,
  type Fields,
  type Place,
} from "./questions";
import { VerdictName, VerdictView } from "./VerdictView";

const START: Fields = { principal: undefined, document: "", actions: "ssm:StartSession", resources: "*", entries: [] };

/** What would be decided, and by which statement. */
export default function Simulator() {
  const [search] = useSearchParams();
  const given = search.get("principal");
  const [place, setPlace] = useState<Place>();
  useEffect(
    () => void server().then(setPlace, (thrown: unknown) => notifyProblem("The account is not known", thrown)),
    [],
  );
  const [fields, setFields] = useState<Fields>(() => (given ? { ...START, principal: given } : START));
  const [principal, setPrincipal] = useState<Choosable | undefined>(given ? { value: given, label: given } : undefined);
  const [node, setNode] = useState<Choosable>();
  const [preset, setPreset] = useState(presets[0]);
  const [answers, setAnswers] = useState<readonly SimulatedAnswer[]>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const set = (more: Partial<Fields>) => setFields((old) => ({ ...old, ...more }));

  const onNode = async (id: string, wanted: (typeof presets)[number]) => {
    if (!place) {
      return;
    }
    const arns = [nodeArn(place, id), ...(wanted.document ? [documentArn(place, SHELL_DOCUMENT)] : [])];
    const found = await listNodes({ text: [id], max: 10 }).catch(() => undefined);
    const tags = found?.items.find((one) => one.id === id)?.tags ?? {};
    set({ resources: arns.join("\n"), entries: nodeEntries({ tags }, wanted.document === true) });
  };
  const choose = (id: string | undefined) => {
    const wanted = presets.find((one) => one.id === id);
    if (wanted) {
      setPreset(wanted);
      set({ actions: wanted.actions.join("\n"), ...(!wanted.node && { resources: "*", entries: [] }) });
      if (wanted.node && node) {
        void onNode(node.value, wanted);
      }
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!askable(fields)) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      setAnswers(await simulate(simulationOf(fields)));
    } catch (thrown) {
      setAnswers(undefined);
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  };

  return (
    <Page title="Policy simulator">
      <ContentLayout
        header={
          <Header
            variant="h1"
            description="Asks the decision point what it would say. Nothing is done, and nothing is kept."
          >
            Policy simulator
          </Header>
        }
      >
        <SpaceBetween size="l">
          <form onSubmit={(event) => void submit(event)}>
            <Form
              actions={
                <Button variant="primary" formAction="submit" loading={busy} disabled={!askable(fields)}>
                  Simulate
                </Button>
              }
            >
              <SpaceBetween size="l">
                <Container header={<Header variant="h2">Who</Header>}>
                  <SpaceBetween size="m">
                    <FormField label="User, group or role" description="With all policies that it has.">
                      <Choice
                        label="principal"
                        placeholder="Choose who asks"
                        chosen={principal}
                        onChoose={(choice) => {
                          setPrincipal(choice);
                          set({ principal: choice.value });
                        }}
                        find={findPrincipal}
                      />
                    </FormField>
                    <ExpandableSection headerText="And with a policy that is not stored yet">
                      <DocumentEditor
                        label="Further policy"
                        kind="INPUT"
                        value={fields.document}
                        onChange={(document) => set({ document })}
                      />
                    </ExpandableSection>
                  </SpaceBetween>
                </Container>
                <Container header={<Header variant="h2">What</Header>}>
                  <SpaceBetween size="m">
                    <FormField label="Wants to">
                      <Select
                        ariaLabel="Wants to"
                        selectedOption={preset ? { value: preset.id, label: preset.label } : null}
                        options={presets.map(({ id, label }) => ({ value: id, label }))}
                        onChange={({ detail }) => choose(detail.selectedOption.value)}
                      />
                    </FormField>
                    {preset?.node && (
                      <FormField label="On the node" description="Its ARN and tags are filled in below.">
                        <Choice
                          label="node"
                          placeholder="Choose a node"
                          chosen={node}
                          onChoose={(choice) => {
                            setNode(choice);
                            void onNode(choice.value, preset);
                          }}
                          find={findNode}
                        />
                      </FormField>
                    )}
                    <FormField label="Actions" constraintText="One a line.">
                      <Textarea
                        value={fields.actions}
                        rows={2}
                        spellcheck={false}
                        onChange={({ detail }) => set({ actions: detail.value })}
                      />
                    </FormField>
                    <FormField label="Resources" constraintText="ARNs, one a line; * for all.">
                      <Textarea
                        value={fields.resources}
                        rows={2}
                        spellcheck={false}
                        onChange={({ detail }) => set({ resources: detail.value })}
                      />
                    </FormField>
                    <ContextEntries entries={fields.entries} onChange={(entries) => set({ entries })} />
                  </SpaceBetween>
                </Container>
              </SpaceBetween>
            </Form>
          </form>
          {problem && <ProblemAlert problem={problem} />}
          {answers && <Answers answers={answers} />}
        </SpaceBetween>
      </ContentLayout>
    </Page>
  );
}

function Answers({ answers }: { answers: readonly SimulatedAnswer[] }) {
  const denied = answers.filter((one) => one.decision.verdict !== "ALLOWED").length;
  return (
    <Container header={<Header variant="h2">Decision</Header>}>
      <SpaceBetween size="l">
        <div role="status">
          <Box>
            {denied === 0
              ? "All of it is allowed."
              : `${denied} of ${answers.length} would be denied; all must be allowed.`}
          </Box>
        </div>
        {answers.map((one) => (
          <div key={`${one.action} ${one.resource}`}>
            <SpaceBetween size="xs">
              <Box variant="h3">
                <span className="once">
                  {one.action} on {one.resource}
                </span>
              </Box>
              <VerdictName verdict={one.decision.verdict} />
              <VerdictView decision={one.decision} />
            </SpaceBetween>
          </div>
        ))}
      </SpaceBetween>
    </Container>
  );
}
