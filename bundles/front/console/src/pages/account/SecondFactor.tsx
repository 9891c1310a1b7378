import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from "../../api/calls";
import { signedIn } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import { Lines } from "../../app/Lines";
import { notify } from "../../app/notices";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { useSignal } from "../../app/useSignal";
import { CodeForm } from "./CodeForm";
import { QrCode } from "./QrCode";

type Secret = Awaited<ReturnType<typeof beginSecondFactor>>;

/** Turns the person's second factor on and off. */
export default function SecondFactor() {
  const on = useSignal(signedIn)?.totp ?? false;
  const [secret, setSecret] = useState<Secret>();
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const begin = async () => {
    setProblem(undefined);
    try {
      setSecret(await beginSecondFactor());
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const confirm = async (code: string) => {
    await confirmSecondFactor(code);
    setSecret(undefined);
    notify({
      type: "success",
      title: "The second factor is on",
      text: "From now on signing in asks for a code, too.",
    });
  };
  const remove = async (code: string) => {
    await removeSecondFactor(code);
    setRemoving(false);
    notify({ type: "warning", title: "The second factor is off", text: "The password alone signs you in." });
  };

  return (
    <Page title="Second factor">
      <ContentLayout
        header={
          <Header
            variant="h1"
            description="A code that an authenticator app shows, asked for after the password: who knows the password alone stays out."
          >
            Second factor
          </Header>
        }
      >
        <SpaceBetween size="l">
          {problem && <ProblemAlert problem={problem} />}
          <Container header={<Header variant="h2">Authenticator app</Header>}>
            <SpaceBetween size="l">
              {on ? (
                <StatusIndicator type="success">On</StatusIndicator>
              ) : (
                <StatusIndicator type="stopped">Off</StatusIndicator>
              )}
              {!on && !secret && <Button onClick={() => void begin()}>Turn on</Button>}
              {!on && secret && (
                <SpaceBetween size="l">
                  <div>
                    <Box variant="awsui-key-label">1. Scan this with your authenticator app</Box>
                    <QrCode text={secret.uri} label="QR code of the secret; the text below says the same" />
                  </div>
                  <div>
                    <Box variant="awsui-key-label">Or type this into it</Box>
                    <Lines label="secret" text={secret.secret.replace(/(.{4})(?=.)/g, "$1 ")} />
                  </div>
                  <CodeForm
                    label="2. Type the code that it shows"
                    action="Turn on"
                    onSubmit={confirm}
                    onCancel={() => setSecret(undefined)}
                  />
                </SpaceBetween>
              )}
              {on && !removing && <Button onClick={() => setRemoving(true)}>Turn off</Button>}
              {on && removing && (
                <SpaceBetween size="m">
                  <Alert type="warning">Without it, who knows your password can sign in as you.</Alert>
                  <CodeForm
                    label="Type the code that your authenticator shows"
                    action="Turn off"
                    onSubmit={remove}
                    onCancel={() => setRemoving(false)}
                  />
                </SpaceBetween>
              )}
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </ContentLayout>
    </Page>
  );
}
