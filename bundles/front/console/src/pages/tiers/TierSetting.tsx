import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { changeSetting, getSetting, resetSetting } from "../../api/nodes";
import { Busy } from "../../app/Busy";
import { notify } from "../../app/notices";
import { ProblemAlert } from "../../app/ProblemAlert";
import { useChanges } from "../../app/useChanges";
import { useOne } from "../../app/useOne";
import { ChangeTier } from "./ChangeTier";
import { SettingFacts } from "./SettingFacts";

/** How often to look whether a change is through, in milliseconds. */
const PAUSE = 2_000;

const ask = (signal: AbortSignal) => getSetting("tier", signal);

type Doing = "standard" | "advanced" | "reset";

/** The activation tier of the account, and its change. */
export function TierSetting() {
  const { value: setting, problem, reload, set } = useOne(ask);
  const [doing, setDoing] = useState<Doing>();
  // a change of tier ends sessions, so who changes it elsewhere is noticed by that
  useChanges("sessions", reload);
  useChanges("nodes", reload);
  const pending = setting?.status === "PendingUpdate";
  useEffect(() => {
    if (!pending) {
      return undefined;
    }
    const timer = setInterval(reload, PAUSE);
    return () => clearInterval(timer);
  }, [pending, reload]);
  const other = setting?.value === "advanced" ? "standard" : "advanced";
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Standard: up to 1,000 hybrid nodes, and no sessions to them. Advanced: any number, with sessions. Cloud instances are free of tiers."
          actions={
            setting && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  disabled={setting.status === "Default"}
                  disabledReason="The tier is the default."
                  onClick={() => setDoing("reset")}
                >
                  Reset to default
                </Button>
                <Button onClick={() => setDoing(other)}>{`Switch to ${other}`}</Button>
              </SpaceBetween>
            )
          }
        >
          Activation tier
        </Header>
      }
    >
      <SpaceBetween size="m">
        {problem && <ProblemAlert problem={problem} onRetry={reload} />}
        {setting ? (
          <SettingFacts setting={setting} label="Tier" pending="sessions are being ended" />
        ) : (
          !problem && <Busy />
        )}
      </SpaceBetween>
      {doing && setting && (
        <ChangeTier
          now={setting.value}
          to={doing}
          work={async () => set(await (doing === "reset" ? resetSetting("tier") : changeSetting("tier", doing)))}
          onClose={(done) => {
            setDoing(undefined);
            if (done) {
              notify({
                type: "success",
                title:
                  doing === "reset" ? "The activation tier is the default again" : `The activation tier is ${doing}`,
              });
            }
          }}
        />
      )}
    </Container>
  );
}
