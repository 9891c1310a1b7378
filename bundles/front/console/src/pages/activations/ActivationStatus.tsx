import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Activation } from "../../api/calls";

/** Whether machines can still register with it. */
export function ActivationStatus({ activation }: { activation: Activation }) {
  if (activation.expired) {
    return <StatusIndicator type="stopped">Expired</StatusIndicator>;
  }
  return activation.used >= activation.limit ? (
    <StatusIndicator type="stopped">Used up</StatusIndicator>
  ) : (
    <StatusIndicator type="success">Open</StatusIndicator>
  );
}
