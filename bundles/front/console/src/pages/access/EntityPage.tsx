import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { Busy } from "../../app/Busy";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import type { One } from "./useOne";

interface Props<T> {
  /** What it is, for people: `user`. */
  what: string;
  name: string;
  one: One<T>;
  facts: (value: T) => readonly { label: string; value: ReactNode }[];
  actions?: (value: T) => ReactNode;
  /** How it is deleted; without it it cannot be. */
  remove?: { work: () => Promise<unknown>; text: ReactNode; back: string } | undefined;
  children: (value: T) => ReactNode;
}

/** The page of one user, group, role or policy. */
export function EntityPage<T>({ what, name, one, facts, actions, remove, children }: Props<T>) {
  const [, go] = useLocation();
  const [deleting, setDeleting] = useState(false);
  const { value, problem } = one;
  return (
    <Page title={`${name} - ${what}`}>
      <ContentLayout
        header={
          <Header
            variant="h1"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={one.reload} />
                {value !== undefined && actions?.(value)}
                {value !== undefined && remove && <Button onClick={() => setDeleting(true)}>Delete</Button>}
              </SpaceBetween>
            }
          >
            {name}
          </Header>
        }
      >
        <SpaceBetween size="l">
          {problem && <ProblemAlert problem={problem} onRetry={one.reload} />}
          {value === undefined && !problem && <Busy />}
          {value !== undefined && (
            <>
              <Container header={<Header variant="h2">Summary</Header>}>
                <KeyValuePairs columns={3} items={[...facts(value)]} />
              </Container>
              {children(value)}
            </>
          )}
        </SpaceBetween>
      </ContentLayout>
      {deleting && remove && (
        <Confirm
          title={`Delete ${what}`}
          action="Delete"
          work={remove.work}
          onClose={(done) => {
            setDeleting(false);
            if (done) {
              notify({ type: "success", title: `The ${what} ${name} is deleted` });
              go(remove.back);
            }
          }}
        >
          {remove.text}
        </Confirm>
      )}
    </Page>
  );
}
