import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { MadeActivation } from "../../api/calls";
import { Lines } from "../../app/Lines";
import { Page } from "../../app/Page";
import { href } from "../../app/routes";
import { useFollow } from "../../app/useFollow";

/** The code of a new activation, which is kept nowhere, and what to do with it. */
export function Created({ made }: { made: MadeActivation }) {
  const follow = useFollow();
  return (
    <Page title="Activation created">
      <ContentLayout header={<Header variant="h1">Activation created</Header>}>
        <SpaceBetween size="l">
          <Alert type="warning" header="The code is shown only now">
            Copy it before you leave this page. If it is lost, delete the activation and create another.
          </Alert>
          <Container header={<Header variant="h2">On the machine that is to become a node</Header>}>
            <SpaceBetween size="l">
              <div>
                <Box variant="awsui-key-label">1. Paste this line into its shell</Box>
                <Lines label="command" text={made.enrol} />
                <Box color="text-body-secondary" fontSize="body-s">
                  sallyport-agent must be installed there; it needs to reach this server and no open port of its own.
                </Box>
              </div>
              <div>
                <Box variant="awsui-key-label">2. Type the code when it asks for it</Box>
                <Lines label="code" text={made.code} />
                <Box color="text-body-secondary" fontSize="body-s">
                  Typed, it stands in no history and no process list.
                </Box>
              </div>
              <div>
                <Box variant="awsui-key-label">3. Start the agent, and see the node appear</Box>
                <Button href={href("/nodes")} onFollow={follow}>
                  Show managed nodes
                </Button>
              </div>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">For amazon-ssm-agent</Header>}>
            <KeyValuePairs
              columns={2}
              items={[
                { label: "Activation ID", value: <Lines label="activation id" text={made.id} /> },
                { label: "Activation code", value: <Lines label="activation code" text={made.code} /> },
              ]}
            />
          </Container>
        </SpaceBetween>
      </ContentLayout>
    </Page>
  );
}
