import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent, type ReactNode } from "react";
import { useLocation } from "wouter";
import { asProblem, type Problem } from "../../api/problem";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";

interface Props {
  /** Heading, and text of the button that does it. */
  title: string;
  /** Where who gives up goes. */
  from: string;
  /** Whether it can be done with what was given. */
  ready: boolean;
  /** @returns where to go when it is done */
  work: () => Promise<string>;
  /** @param tried whether it was tried, so that what is wrong is to be told */
  children: (tried: boolean) => ReactNode;
}

/** The page on which something is created. Stays, and says why, when that fails. */
export function CreateForm({ title, from, ready, work, children }: Props) {
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [tried, setTried] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!ready) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      go(await work());
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };

  return (
    <Page title={title}>
      <ContentLayout header={<Header variant="h1">{title}</Header>}>
        <form onSubmit={(event) => void submit(event)}>
          <Form
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" formAction="none" onClick={() => go(from)}>
                  Cancel
                </Button>
                <Button variant="primary" formAction="submit" loading={busy}>
                  {title}
                </Button>
              </SpaceBetween>
            }
          >
            <SpaceBetween size="l">
              {problem && <ProblemAlert problem={problem} />}
              {children(tried)}
            </SpaceBetween>
          </Form>
        </form>
      </ContentLayout>
    </Page>
  );
}
