import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { Page } from "./Page";
import { href } from "./routes";
import { useFollow } from "./useFollow";

export function NotFound() {
  const follow = useFollow();
  return (
    <Page title="Page not found">
      <ContentLayout header={<Header variant="h1">Page not found</Header>}>
        <Box variant="p">
          The console has no page at this address. The link may be mistyped, or from another version.
        </Box>
        <Button href={href("/")} onFollow={follow}>
          Go to the overview
        </Button>
      </ContentLayout>
    </Page>
  );
}
