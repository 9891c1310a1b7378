import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { lazy, Suspense, useEffect } from "react";
import { learnSession, signedIn } from "../api/client";
import { Router } from "wouter";
import { asProblem } from "../api/problem";
import { SignIn } from "../pages/signin/SignIn";
import { Boundary } from "./Boundary";
import { Busy } from "./Busy";
import { notify } from "./notices";
import { useSignal } from "./useSignal";

const Shell = lazy(() => import("./Shell"));

/** How long to wait before asking again for the session while the server is away, in milliseconds. */
const PAUSE = 2_000;

/** The console: pages for who is signed in, the sign-in for all others. The address stays, so that signing in leads back to it. */
export function App() {
  const session = useSignal(signedIn);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const learn = () =>
      learnSession().catch((thrown: unknown) => {
        if (!asProblem(thrown).passing) {
          notify({ type: "error", title: "The console cannot start", text: asProblem(thrown).message });
        }
        timer = setTimeout(learn, PAUSE);
      });
    void learn();
    return () => clearTimeout(timer);
  }, []);

  return (
    <I18nProvider locale="en" messages={[messages]}>
      <Router base="/console">
        <Boundary>
          <Suspense fallback={<Busy />}>
            {session === undefined ? <Busy /> : session === null ? <SignIn /> : <Shell session={session} />}
          </Suspense>
        </Boundary>
      </Router>
    </I18nProvider>
  );
}
