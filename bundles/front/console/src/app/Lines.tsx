import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";

/** Text to take along, with a button that copies it. */
export function Lines({ text, label }: { text: string; label: string }) {
  return (
    <SpaceBetween size="xxs" direction="horizontal" alignItems="start">
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={`Copy ${label}`}
        copySuccessText="Copied"
        copyErrorText="Not copied; select the text and copy it by hand"
      />
      <Box variant="code">
        <span className="once">{text}</span>
      </Box>
    </SpaceBetween>
  );
}
