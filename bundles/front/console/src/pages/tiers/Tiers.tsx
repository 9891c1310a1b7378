import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../../app/Page";
import { DefaultRole } from "./DefaultRole";
import { Metering } from "./Metering";
import { TierSetting } from "./TierSetting";

/** What the account's tier allows hybrid nodes, and how long nodes were online. */
export default function Tiers() {
  return (
    <Page title="Tiers and metering">
      <ContentLayout
        header={
          <Header
            variant="h1"
            description="The tier says how many hybrid nodes there may be and whether sessions to them start. Node-hours are counted by tier, node and tag."
          >
            Tiers and metering
          </Header>
        }
      >
        <SpaceBetween size="l">
          <TierSetting />
          <DefaultRole />
          <Metering />
        </SpaceBetween>
      </ContentLayout>
    </Page>
  );
}
