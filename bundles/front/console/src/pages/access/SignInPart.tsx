import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import {
  createPassword,
  deletePassword,
  hasSecondFactor,
  passwordOf,
  replacePassword,
  resetSecondFactor,
} from "../../api/access";
import { asProblem } from "../../api/problem";
import { Confirm } from "../../app/Confirm";
import { Lines } from "../../app/Lines";
import { notify } from "../../app/notices";
import { time } from "../../app/times";
import { Dialog } from "../../app/Dialog";
import { madePassword } from "./passwords";
import { useOne } from "./useOne";

/** Password and second factor of a user. */
export function SignInPart({ user }: { user: string }) {
  const password = useOne<string | null>(
    useCallback(
      (signal: AbortSignal) =>
        passwordOf(user, signal).then(
          (found) => found.createdAt,
          (thrown: unknown) => {
            if (asProblem(thrown).kind === "no-such-entity") {
              return null;
            }
            throw thrown;
          },
        ),
      [user],
    ),
  );
  const factor = useOne<boolean>(useCallback((signal: AbortSignal) => hasSecondFactor(user, signal), [user]));
  const [given, setGiven] = useState<string>();
  const [asking, setAsking] = useState<"delete" | "reset">();
  const has = typeof password.value === "string";
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="How the user signs in to the console and to sallyport login."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {factor.value && <Button onClick={() => setAsking("reset")}>Reset second factor</Button>}
              {has && <Button onClick={() => setAsking("delete")}>Delete password</Button>}
              <Button disabled={password.value === undefined} onClick={() => setGiven(madePassword())}>
                {has ? "Reset password" : "Create password"}
              </Button>
            </SpaceBetween>
          }
        >
          Sign-in
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: "Password",
            value: password.problem ? (
              password.problem.message
            ) : password.value === undefined ? (
              "..."
            ) : has ? (
              `Since ${time(password.value)}`
            ) : (
              <StatusIndicator type="stopped">None; the user cannot sign in</StatusIndicator>
            ),
          },
          {
            label: "Second factor",
            value: factor.problem ? (
              factor.problem.message
            ) : factor.value === undefined ? (
              "..."
            ) : factor.value ? (
              <StatusIndicator type="success">On</StatusIndicator>
            ) : (
              <StatusIndicator type="stopped">Off; the user turns it on under Second factor</StatusIndicator>
            ),
          },
        ]}
      />
      {given !== undefined && (
        <Dialog
          title={has ? "Reset password" : "Create password"}
          action={has ? "Reset password" : "Create password"}
          ready={given.length > 0}
          work={() => (has ? replacePassword(user, given) : createPassword(user, given))}
          onClose={(done) => {
            setGiven(undefined);
            if (done) {
              notify({ type: "success", title: has ? "Password reset" : "Password created", text: user });
              password.reload();
            }
          }}
        >
          <FormField label="Password" description="Made by chance; type another if you want. It is not shown again.">
            <Input
              value={given}
              spellcheck={false}
              autoComplete={false}
              onChange={({ detail }) => setGiven(detail.value)}
            />
          </FormField>
          <Lines label="password" text={given} />
          {has && <Box>The user is signed out of the console everywhere.</Box>}
        </Dialog>
      )}
      {asking === "delete" && (
        <Confirm
          title="Delete password"
          action="Delete"
          work={() => deletePassword(user)}
          onClose={(done) => {
            setAsking(undefined);
            if (done) {
              notify({ type: "success", title: "Password deleted", text: `${user} cannot sign in any more.` });
              password.reload();
            }
          }}
        >
          Delete the password of <b>{user}</b>? The user is signed out and cannot sign in any more. Access keys stay.
        </Confirm>
      )}
      {asking === "reset" && (
        <Confirm
          title="Reset second factor"
          action="Reset"
          work={() => resetSecondFactor(user)}
          onClose={(done) => {
            setAsking(undefined);
            if (done) {
              notify({ type: "success", title: "Second factor reset", text: user });
              factor.reload();
            }
          }}
        >
          Turn the second factor of <b>{user}</b> off? For somebody who lost the device; make sure who asks for it. The
          user is signed out.
        </Confirm>
      )}
    </Container>
  );
}
