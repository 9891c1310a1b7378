import Alert from "@cloudscape-design/components/alert";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import Link from "@cloudscape-design/components/link";
import { lazy, Suspense, useEffect, useState } from "react";
import { learnSession, signedIn, type Signed } from "../../api/client";
import { Busy } from "../../app/Busy";
import { useSignal } from "../../app/useSignal";
import { SignIn } from "../signin/SignIn";

/** With the terminal itself, which the sign-in does not wait for. */
const TerminalPage = lazy(() => import("./TerminalPage"));

const PAUSE = 2_000;

/** The terminal for who is signed in, the sign-in for all others. Who is signed out later keeps the terminal, and is told there. */
export function Entry({ sessionId }: { sessionId: string }) {
  const session = useSignal(signedIn);
  const [first, setFirst] = useState<Signed>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const learn = () => learnSession().catch(() => (timer = setTimeout(learn, PAUSE)));
    void learn();
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (session) {
      setFirst((before) => before ?? session);
    }
  }, [session]);

  return (
    <I18nProvider locale="en" messages={[messages]}>
      {sessionId === "" ? (
        <Alert type="error" header="Which session?">
          The address names none. Choose one of your <Link href="/console/sessions">sessions</Link>.
        </Alert>
      ) : first ? (
        <Suspense fallback={<Busy />}>
          <TerminalPage sessionId={sessionId} session={first} />
        </Suspense>
      ) : session === null ? (
        <SignIn />
      ) : (
        <Busy />
      )}
    </I18nProvider>
  );
}
