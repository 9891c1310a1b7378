import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Setting } from "../../api/nodes";
import { time } from "../../app/times";

interface Props {
  setting: Setting;
  label: string;
  /** What is going on while the status says PendingUpdate. */
  pending: string;
}

/** A setting with the status that Session Manager's API has for it, and who changed it. */
export function SettingFacts({ setting, label, pending }: Props) {
  return (
    <KeyValuePairs
      columns={4}
      minColumnWidth={180}
      items={[
        { label, value: setting.value },
        {
          label: "Status",
          value:
            setting.status === "PendingUpdate" ? (
              <StatusIndicator type="in-progress">{`PendingUpdate: ${pending}`}</StatusIndicator>
            ) : (
              <StatusIndicator type="success">{setting.status}</StatusIndicator>
            ),
        },
        // of a default nobody changed anything
        { label: "Changed", value: setting.changedBy === "System" ? "-" : time(setting.changedAt) },
        { label: "Changed by", value: <span className="once">{setting.changedBy}</span> },
      ]}
    />
  );
}
