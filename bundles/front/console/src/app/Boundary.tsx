import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { Component, type ReactNode } from "react";

/** Shows that a page failed, and lets the person go on. A part that cannot be loaded is mostly one that an update of the server replaced. */
export class Boundary extends Component<{ children: ReactNode }, { failed?: unknown }> {
  override state: { failed?: unknown } = {};

  static getDerivedStateFromError(failed: unknown) {
    return { failed };
  }

  override render() {
    if (this.state.failed === undefined) {
      return this.props.children;
    }
    return (
      <Box padding="xxl">
        <Alert
          type="error"
          header="This page could not be shown"
          action={<Button onClick={() => location.reload()}>Load again</Button>}
        >
          The server may have been updated since the console was opened. Load it again; running sessions go on.
          <Box color="text-body-secondary" fontSize="body-s">
            {String(this.state.failed)}
          </Box>
        </Alert>
      </Box>
    );
  }
}
