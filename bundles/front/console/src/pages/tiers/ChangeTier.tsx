import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { listSessions } from "../../api/calls";
import { Confirm } from "../../app/Confirm";
import { useOne } from "../../app/useOne";
import { endingText, hybrid } from "./ending";

/** Most sessions that are looked at to say how many end. */
const COUNTED = 100;

const ask = (signal: AbortSignal) => listSessions({ state: "active", max: COUNTED }, signal);

interface Props {
  now: string;
  to: "standard" | "advanced" | "reset";
  work: () => Promise<void>;
  onClose: (done: boolean) => void;
}

/** Asks before another tier, and says what ends by it. */
export function ChangeTier({ now, to, work, onClose }: Props) {
  const tier = to === "reset" ? "standard" : to;
  const ends = tier === "standard" && now !== "standard";
  return (
    <Confirm
      title={to === "reset" ? "Reset the activation tier" : `Switch to the ${tier} tier`}
      action={to === "reset" ? "Reset" : `Switch to ${tier}`}
      work={work}
      onClose={onClose}
    >
      {ends ? (
        <Ends />
      ) : tier === "standard" ? (
        <Box variant="p">The tier is standard already; it becomes the default and no choice of yours any more.</Box>
      ) : (
        <Box variant="p">
          Any number of hybrid nodes may register, and sessions to them start. Their hours are counted as advanced from
          now on.
        </Box>
      )}
    </Confirm>
  );
}

function Ends() {
  const { value } = useOne(ask);
  const count = value ? hybrid(value.items) : undefined;
  return (
    <SpaceBetween size="m">
      <Alert type="warning" header={endingText(count, value?.next !== null)}>
        What runs in them is ended, and no session to a hybrid node starts until the tier is advanced again. Sessions to
        cloud instances go on.
      </Alert>
      <Box variant="p">
        While there are more than 1,000 hybrid nodes the change is refused; deregister those that are gone first.
      </Box>
    </SpaceBetween>
  );
}
