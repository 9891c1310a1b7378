import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback } from "react";
import { getDenial, type Denial } from "../../api/access";
import { Busy } from "../../app/Busy";
import { ProblemAlert } from "../../app/ProblemAlert";
import { href } from "../../app/routes";
import { time } from "../../app/times";
import { useFollow } from "../../app/useFollow";
import { useOne } from "./useOne";
import { VerdictView } from "./VerdictView";

const REASONS: Record<string, string> = {
  POLICIES: "The policies",
  CEILING: "What no policy can lift",
  PRINCIPAL_GONE: "The principal, its key or its role is gone or not active",
  POLICY_GONE: "A policy of the principal cannot be found",
  ADAPTER: "The policy adapter was away, failed or was late",
  RULE: "A rule of the thing itself",
};

/** One denial: who wanted what, and which statement, key and value said no. */
export function DenialView({ reference }: { reference: string }) {
  const follow = useFollow();
  const { value, problem, reload } = useOne<Denial>(
    useCallback((signal: AbortSignal) => getDenial(reference, signal), [reference]),
  );
  if (problem) {
    return <ProblemAlert problem={problem} onRetry={reload} />;
  }
  if (!value) {
    return <Busy />;
  }
  const simulatable = /:iam::\d{12}:(user|role)\//.test(value.principal);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            simulatable && (
              <Button
                href={href(`/access/simulator?${new URLSearchParams({ principal: value.principal }).toString()}`)}
                onFollow={follow}
              >
                Simulate as this principal
              </Button>
            )
          }
        >
          {reference}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <VerdictView decision={value.decision} />
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Who", value: <span className="once">{value.principal}</span> },
            { label: "When", value: time(value.at) },
            { label: "Wanted", value: value.action },
            { label: "On", value: <span className="once">{value.resource}</span> },
            { label: "What said no", value: REASONS[value.reason] ?? value.reason },
          ]}
        />
        <ExpandableSection headerText={`Condition keys of the request (${Object.keys(value.context).length})`}>
          {Object.entries(value.context).map(([key, values]) => (
            <Box key={key}>
              <span className="once">
                {key} = {values.join(", ")}
              </span>
            </Box>
          ))}
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
