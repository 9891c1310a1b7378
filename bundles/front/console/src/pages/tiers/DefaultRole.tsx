import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { changeSetting, getSetting, resetSetting, type Setting } from "../../api/nodes";
import { Busy } from "../../app/Busy";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";
import { ProblemAlert } from "../../app/ProblemAlert";
import { useOne } from "../../app/useOne";
import { SettingFacts } from "./SettingFacts";

/** The API's word for no role. */
const NONE = "$None";

const ask = (signal: AbortSignal) => getSetting("default-role", signal);

/** The role of cloud instances that have none of their own. */
export function DefaultRole() {
  const { value: setting, problem, reload, set } = useOne(ask);
  const [doing, setDoing] = useState<"change" | "reset">();
  const close = (done: boolean) => {
    setDoing(undefined);
    if (done) {
      notify({ type: "success", title: "The default role is changed" });
    }
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Cloud instances that no rule gives a role act with it."
          actions={
            setting && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  disabled={setting.status === "Default"}
                  disabledReason="There is no default role."
                  onClick={() => setDoing("reset")}
                >
                  Reset to none
                </Button>
                <Button onClick={() => setDoing("change")}>Change default role</Button>
              </SpaceBetween>
            )
          }
        >
          Default role of cloud instances
        </Header>
      }
    >
      <SpaceBetween size="m">
        {problem && <ProblemAlert problem={problem} onRetry={reload} />}
        {setting ? (
          <SettingFacts
            setting={{ ...setting, value: setting.value === NONE ? "none" : setting.value }}
            label="Role"
            pending="it is being changed"
          />
        ) : (
          !problem && <Busy />
        )}
      </SpaceBetween>
      {doing === "change" && setting && <Change setting={setting} onSet={set} onClose={close} />}
      {doing === "reset" && (
        <Confirm
          title="Reset the default role"
          action="Reset to none"
          work={async () => set(await resetSetting("default-role"))}
          onClose={close}
        >
          <Box variant="p">
            Cloud instances without a role of their own cannot register any more. Those that are registered keep the
            role that they have.
          </Box>
        </Confirm>
      )}
    </Container>
  );
}

interface ChangeProps {
  setting: Setting;
  onSet: (setting: Setting) => void;
  onClose: (done: boolean) => void;
}

function Change({ setting, onSet, onClose }: ChangeProps) {
  const [role, setRole] = useState(setting.value === NONE ? "" : setting.value);
  return (
    <Confirm
      title="Change default role"
      action="Change"
      work={async () => onSet(await changeSetting("default-role", role.trim() || NONE))}
      onClose={onClose}
    >
      <FormField
        label="Role"
        description="Its name, with its path where it has one: service-role/Instances. Empty for none. It must trust ssm.amazonaws.com, and you need the right to pass it."
      >
        <Input
          value={role}
          placeholder="none"
          spellcheck={false}
          autoFocus
          onChange={({ detail }) => setRole(detail.value)}
        />
      </FormField>
    </Confirm>
  );
}
