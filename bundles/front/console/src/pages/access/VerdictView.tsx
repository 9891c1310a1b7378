import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Statement, Verdict } from "../../api/access";
import { conditionText, layerText, placeText } from "./verdicts";

const NAMES: Record<string, string> = {
  ALLOWED: "Allowed",
  IMPLICIT_DENY: "Denied: nothing allows it",
  EXPLICIT_DENY: "Denied by a statement",
};

/** What was decided, in a word. */
export function VerdictName({ verdict }: { verdict: string }) {
  return (
    <StatusIndicator type={verdict === "ALLOWED" ? "success" : verdict === "EXPLICIT_DENY" ? "error" : "stopped"}>
      {NAMES[verdict] ?? verdict}
    </StatusIndicator>
  );
}

/** Which statement, key and value decided, and what was near. */
export function VerdictView({ decision }: { decision: Verdict }) {
  return (
    <SpaceBetween size="m">
      <Alert
        type={decision.verdict === "ALLOWED" ? "success" : "error"}
        header={NAMES[decision.verdict] ?? decision.verdict}
      >
        {decision.text}
      </Alert>
      {decision.decisive.length > 0 && (
        <Statements title="Statements that decided" statements={decision.decisive} open />
      )}
      {decision.nearest.length > 0 && (
        <Statements
          title="Statements about this action that did not match"
          statements={decision.nearest}
          open={decision.decisive.length === 0}
        />
      )}
      {decision.missing && <Box>What is missing: a statement that allows it among {layerText(decision.missing)}.</Box>}
      {decision.missingKeys.length > 0 && (
        <Box color="text-body-secondary">
          The policies ask for keys that the request does not have: {decision.missingKeys.join(", ")}
        </Box>
      )}
    </SpaceBetween>
  );
}

function Statements({ title, statements, open }: { title: string; statements: readonly Statement[]; open: boolean }) {
  return (
    <ExpandableSection headerText={`${title} (${statements.length})`} defaultExpanded={open}>
      <ul className="document-marks">
        {statements.map((one, index) => (
          <li key={index}>
            <Box>
              <b>{one.allow ? "Allow" : "Deny"}</b> in {placeText(one)}
            </Box>
            <Box color="text-body-secondary">
              {one.action && <>Action {one.action}. </>}
              {one.resource && <>Resource {one.resource}. </>}
              {one.outcome === "OTHER_RESOURCE" && <>It is about other resources.</>}
              {one.outcome === "OTHER_PRINCIPAL" && <>It is about other principals.</>}
            </Box>
            {one.conditions.map((condition, at) => (
              <Box key={at}>
                <StatusIndicator type={condition.holds ? "success" : "error"}>
                  {conditionText(condition)}
                </StatusIndicator>
              </Box>
            ))}
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
