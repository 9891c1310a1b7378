import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { signIn } from "../../api/calls";
import { reachable } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import { useSignal } from "../../app/useSignal";
import { useWait } from "./useWait";

/** Name and password, and the code of the second factor when the account has one. */
export function SignIn() {
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [codeWanted, setCodeWanted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const wait = useWait();
  const here = useSignal(reachable);
  const userField = useRef<InputProps.Ref>(null);
  const passwordField = useRef<InputProps.Ref>(null);
  const codeField = useRef<InputProps.Ref>(null);

  useEffect(() => {
    document.title = "Sign in - Sallyport";
    userField.current?.focus();
  }, []);
  useEffect(() => {
    if (codeWanted) {
      codeField.current?.focus();
    }
  }, [codeWanted]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(user, password, codeWanted ? code.replaceAll(" ", "") : undefined);
    } catch (thrown) {
      const failed = asProblem(thrown);
      setBusy(false);
      setCode("");
      if (failed.kind === "code-required") {
        setProblem(undefined);
        setCodeWanted(true);
        return;
      }
      setProblem(failed);
      if (failed.kind === "too-many-tries") {
        wait.begin(failed.retryAfter);
      } else if (failed.kind === "code-rejected") {
        codeField.current?.focus();
      } else if (failed.kind === "credentials-rejected") {
        setPassword("");
        setCodeWanted(false);
        passwordField.current?.focus();
      }
    }
  };

  return (
    <main className="signin">
      <form onSubmit={(event) => void submit(event)}>
        <Form
          header={
            <Header variant="h1" description="Sessions on your own machines">
              Sallyport
            </Header>
          }
        >
          <Container header={<Header variant="h2">Sign in</Header>}>
            <SpaceBetween size="l">
              {!here && !problem && <Alert type="warning">The server does not answer. Try again in a moment.</Alert>}
              {problem && (
                <div role="alert">
                  <Alert type={problem.kind === "too-many-tries" ? "warning" : "error"}>{problem.message}</Alert>
                </div>
              )}
              <FormField label="User name">
                <Input
                  ref={userField}
                  name="username"
                  autoComplete="username"
                  spellcheck={false}
                  value={user}
                  onChange={({ detail }) => setUser(detail.value)}
                />
              </FormField>
              <FormField label="Password">
                <Input
                  ref={passwordField}
                  type="password"
                  name="password"
                  autoComplete="current-password"
                  value={password}
                  onChange={({ detail }) => setPassword(detail.value)}
                />
              </FormField>
              {codeWanted && (
                <FormField label="Code" description="Six digits that your authenticator shows now.">
                  <Input
                    ref={codeField}
                    name="code"
                    inputMode="numeric"
                    autoComplete="one-time-code"
                    value={code}
                    onChange={({ detail }) => setCode(detail.value)}
                  />
                </FormField>
              )}
              <Button
                variant="primary"
                formAction="submit"
                fullWidth
                loading={busy}
                disabled={wait.seconds > 0 || !user || !password || (codeWanted && !code)}
                disabledReason={wait.seconds > 0 ? "Signing in failed too often." : undefined}
              >
                {wait.seconds > 0 ? `Sign in (wait ${wait.seconds} s)` : "Sign in"}
              </Button>
              <Box color="text-body-secondary" fontSize="body-s">
                {codeWanted
                  ? "Lost the device? An administrator can take the second factor away from your account."
                  : "The first administrator's name and password stand in the server's data folder; others get theirs from an administrator."}
              </Box>
            </SpaceBetween>
          </Container>
        </Form>
      </form>
    </main>
  );
}
