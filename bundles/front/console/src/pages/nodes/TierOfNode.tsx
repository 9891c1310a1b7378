import { getSetting } from "../../api/nodes";
import { To } from "../../app/To";
import { useOne } from "../../app/useOne";

const ask = (signal: AbortSignal) => getSetting("tier", signal);

/** The tier that gates a hybrid node: the account's. */
export function TierOfNode() {
  const { value, problem } = useOne(ask);
  if (value) {
    return <To path="/tiers">{value.value}</To>;
  }
  return <>{problem ? "You may not see it" : "-"}</>;
}
