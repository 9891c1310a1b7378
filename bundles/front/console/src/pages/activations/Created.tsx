import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import type { ReactNode } from "react";
import type { MadeActivation } from "../../api/calls";
import { Lines } from "../../app/Lines";
import { Page } from "../../app/Page";
import { href } from "../../app/routes";
import { save } from "../../app/save";
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
                <Box variant="awsui-key-label">
                  1. Paste the line into a shell of root, or with sudo before it; on Windows into a PowerShell of an
                  administrator
                </Box>
                <Tabs
                  tabs={platforms(made).map(([id, label, content]) => ({ id, label, content }))}
                  i18nStrings={{ scrollLeftAriaLabel: "Scroll left", scrollRightAriaLabel: "Scroll right" }}
                />
              </div>
              <div>
                <Box variant="awsui-key-label">2. Type the code when it asks for it</Box>
                <Lines label="code" text={made.code} />
                <Box color="text-body-secondary" fontSize="body-s">
                  Typed, it stands in no history and no process list.
                </Box>
              </div>
              <div>
                <Box variant="awsui-key-label">3. See the node appear</Box>
                <Button href={href("/nodes")} onFollow={follow}>
                  Show managed nodes
                </Button>
              </div>
            </SpaceBetween>
          </Container>
          <Container
            header={
              <Header
                variant="h2"
                description="The script puts the agent's configuration and this server's certificate authority into place, and registers. It asks for the code."
                actions={
                  <Button iconName="download" onClick={() => save(scriptOf(made), SCRIPT)}>
                    Save the script
                  </Button>
                }
              >
                For a machine that has amazon-ssm-agent
              </Header>
            }
          >
            <KeyValuePairs
              columns={3}
              items={[
                {
                  label: "On Linux, in a shell of root, where the script is",
                  value: <Lines label="command for amazon-ssm-agent" text={`sh ${SCRIPT}`} />,
                },
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

const SCRIPT = "set-up-amazon-ssm-agent.sh";

const scriptOf = (made: MadeActivation) => new Blob([made.amazonScript], { type: "text/x-shellscript" });

const OWN_MACHINE = / https:\/\/(localhost|127\.|\[::1\])/;

/** The line is right, and of use on one machine only. */
const OwnMachine = () => (
  <Alert type="warning" header="Only the server's own machine can use this line">
    The server knows no name but localhost. Give it the one by which others reach it, with{" "}
    <code>distro/run --host</code> or the setting <code>names</code> of <code>org.sallyport.core.edge</code>, and create
    another activation.
  </Alert>
);

/** What to paste, by what the machine is; the line of a platform is there when the server has a package for it. */
function platforms(made: MadeActivation): readonly (readonly [string, string, ReactNode])[] {
  const line = (name: string, platform: "linux" | "macos" | "windows") =>
    made.lines[platform] === undefined ? (
      <Missing platform={platform} />
    ) : (
      <>
        <Lines label={`line for ${name}`} text={made.lines[platform]} />
        {OWN_MACHINE.test(made.lines[platform]) && <OwnMachine />}
        <Box color="text-body-secondary" fontSize="body-s">
          It holds the fingerprint of this server&apos;s certificate authority and the hash of the install script, and
          checks both before it runs anything. The machine{" "}
          {platform === "windows" ? "" : "needs openssl and curl or wget, "}
          reaches this server, and gets no open port.
        </Box>
      </>
    );
  return [
    ["linux", "Linux", line("Linux", "linux")],
    ["macos", "macOS", line("macOS", "macos")],
    ["windows", "Windows", line("Windows", "windows")],
    [
      "installed",
      "Agent is installed",
      <>
        <Lines label="command" text={made.enrol} />
        <Box color="text-body-secondary" fontSize="body-s">
          Then start the agent, unless its service does.
        </Box>
      </>,
    ],
  ];
}

const Missing = ({ platform }: { platform: "linux" | "macos" | "windows" }) =>
  platform === "macos" ? (
    <Box>This server has no package of the agent for macOS.</Box>
  ) : platform === "windows" ? (
    <Box>
      This server has no package of the agent for Windows. amazon-ssm-agent registers there with the ID and the code
      below.
    </Box>
  ) : (
    <Box>
      This server has no package of the agent. Who operates it makes one with <code>distro/package-agent</code> and puts
      it into the folder <code>agents</code> of the server&apos;s data.
    </Box>
  );
