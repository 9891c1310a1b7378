import Button from "@cloudscape-design/components/button";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import type { ManagedNode } from "../../api/calls";
import { Lines } from "../../app/Lines";
import { nodeName } from "../../app/names";
import { Page } from "../../app/Page";
import { startInTab } from "../../app/terminals";
import { commandLine } from "./commandLine";
import { NodeChoice } from "./NodeChoice";

const LONGEST_REASON = 256;

/** Why, then where; what else a session can be told is folded away. */
export default function StartSession() {
  const [, go] = useLocation();
  const [reason, setReason] = useState("");
  const [node, setNode] = useState<ManagedNode>();
  const [document, setDocument] = useState("");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    setAsked(true);
    if (!node) {
      return;
    }
    setBusy(true);
    const started = await startInTab(
      { target: node.id, ...(reason && { reason }), ...(document && { documentName: document }) },
      nodeName(node),
    );
    setBusy(false);
    if (started) {
      go("/sessions");
    }
  };

  return (
    <Page title="Start session">
      <ContentLayout
        header={
          <Header
            variant="h1"
            description="A shell on a managed node, in a tab of its own. What happens in it is recorded."
          >
            Start session
          </Header>
        }
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => go("/sessions")}>
                Cancel
              </Button>
              <Button variant="primary" loading={busy} onClick={() => void submit()}>
                Start session
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <Container header={<Header variant="h2">Reason</Header>}>
              <FormField
                label={
                  <>
                    Reason for the session <i>- optional</i>
                  </>
                }
                description="For who reads the session history, for instance the number of a ticket."
                errorText={reason.length > LONGEST_REASON ? `At most ${LONGEST_REASON} characters.` : undefined}
                characterCountText={`${reason.length} of ${LONGEST_REASON} characters`}
              >
                <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
              </FormField>
            </Container>
            <NodeChoice
              chosen={node}
              onChoose={setNode}
              error={asked && !node ? "Choose the node that the session is to run on." : undefined}
            />
            <ExpandableSection variant="container" headerText="More options">
              <SpaceBetween size="l">
                <FormField
                  label={
                    <>
                      Session document <i>- optional</i>
                    </>
                  }
                  description="Says what the session runs. Without one it is SSM-SessionManagerRunShell: a shell."
                >
                  <Input
                    value={document}
                    placeholder="SSM-SessionManagerRunShell"
                    spellcheck={false}
                    onChange={({ detail }) => setDocument(detail.value)}
                  />
                </FormField>
                <div>
                  <Box variant="awsui-key-label">The same from a command line</Box>
                  <Lines label="command" text={commandLine(node?.id ?? "<node id>", reason, document)} />
                  <Box color="text-body-secondary" fontSize="body-s">
                    Sessions that carry a port need a program on your machine, so they are started from a command line
                    only.
                  </Box>
                </div>
              </SpaceBetween>
            </ExpandableSection>
          </SpaceBetween>
        </Form>
      </ContentLayout>
    </Page>
  );
}
