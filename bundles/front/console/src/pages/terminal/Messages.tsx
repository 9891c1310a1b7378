import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ChannelState, Notice } from "../../channel/state";
import { afterwards, left } from "./words";

interface Props {
  channel: ChannelState;
  notices: readonly Notice[];
  now: number;
  onDismiss: (notice: Notice) => void;
  onHurry: () => void;
  /** Absent when the node is not known. */
  onStart: (() => void) | undefined;
}

/** What the person has to know or do, above the terminal; nothing while all is well. */
export function Messages({ channel, notices, now, onDismiss, onHurry, onStart }: Props) {
  return (
    <div className="terminal-messages">
      {channel.kind === "reconnecting" && now - channel.since >= 1_000 && (
        <Alert
          type="warning"
          header={channel.signedOut ? "You are signed out" : "No connection to the server"}
          action={<Button onClick={onHurry}>Try now</Button>}
        >
          {channel.signedOut ? (
            <>
              <Link href="/console/" external>
                Sign in
              </Link>{" "}
              in another tab; the terminal then goes on by itself.
            </>
          ) : (
            `The terminal goes on by itself as soon as the server answers. ${channel.cause}`
          )}
        </Alert>
      )}
      {channel.kind === "ended" && <End channel={channel} onStart={onStart} />}
      {notices.map((notice) => (
        <Alert
          key={notice.kind}
          type={notice.ends === undefined ? "info" : "warning"}
          dismissible
          dismissAriaLabel="Dismiss"
          onDismiss={() => onDismiss(notice)}
        >
          {notice.text} {notice.ends !== undefined && `(${left(notice.ends - now)} left)`}
        </Alert>
      ))}
    </div>
  );
}

function End({ channel, onStart }: { channel: ChannelState & { kind: "ended" }; onStart: (() => void) | undefined }) {
  const foreign = "It was opened in another browser or by the command line, and can be gone on with there.";
  return (
    <Alert
      type={channel.how === "lost" || channel.how === "refused" ? "error" : "info"}
      header={afterwards[channel.how]}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {channel.how === "moved" && <Button onClick={() => location.reload()}>Go on here</Button>}
          {channel.how !== "moved" && onStart && <Button onClick={onStart}>Start again</Button>}
          <Button variant="link" href="/console/sessions">
            Sessions
          </Button>
        </SpaceBetween>
      }
    >
      <span className="terminal-cause">
        {channel.text} {channel.how === "refused" && foreign}
      </span>
    </Alert>
  );
}
