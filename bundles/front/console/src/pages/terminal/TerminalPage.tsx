import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Signed } from "../../api/client";
import { terminateSession } from "../../api/calls";
import { dark } from "../../app/appearance";
import { Confirm } from "../../app/Confirm";
import { recall, remember } from "../../app/memory";
import { startInTab } from "../../app/terminals";
import { useSignal } from "../../app/useSignal";
import { FONT_SIZES } from "../../terminal/terminalView";
import { Messages } from "./Messages";
import { SearchBox } from "./SearchBox";
import { type Facts, facts } from "./server";
import { useTerminal } from "./useTerminal";
import { wordsFor } from "./words";

const PASTE_SHOWN = 2_000;

/** One terminal, in a tab of the browser of its own. */
export default function TerminalPage({ sessionId, session }: { sessionId: string; session: Signed }) {
  const element = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const mode = useSignal(dark) ? "dark" : "light";
  const [fontSize, setFontSize] = useRemembered("terminal.fontSize", FONT_SIZES.usual);
  const [readable, setReadable] = useRemembered("terminal.readable", false);
  const [screenReader, setScreenReader] = useRemembered("terminal.screenReader", false);
  const [searches, setSearches] = useState(0);
  const [ending, setEnding] = useState(false);
  const [about, setAbout] = useState<Facts>();
  const now = useNow();
  const appearance = useMemo(
    () => ({ mode, fontSize, readable, screenReader }) as const,
    [mode, fontSize, readable, screenReader],
  );
  const search = () => setSearches((before) => before + 1);
  const { state, view, hurry, dismiss, pasted } = useTerminal(
    element,
    sessionId,
    session.user.id,
    appearance,
    (command) => (command === "search" ? search() : menu.current?.querySelector("button")?.focus()),
  );
  const { channel } = state;
  const words = wordsFor(channel, state.trouble, now);
  const name = about?.name ?? sessionId;
  const running = channel.kind !== "ended";
  const start = () => void (about?.target && startInTab({ target: about.target, reason: about.reason || null }, name));

  useEffect(() => void facts(sessionId).then(setAbout), [sessionId]);
  useEffect(() => {
    document.title = `${words.type === "success" ? "" : `${words.short} - `}${name} - Sallyport`;
  }, [words.type, words.short, name]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    if (running) {
      window.addEventListener("beforeunload", warn);
    }
    return () => window.removeEventListener("beforeunload", warn);
  }, [running]);

  const act = (id: string) => {
    switch (id) {
      case "search":
        search();
        break;
      case "copy":
        void navigator.clipboard.writeText(view.current?.everything() ?? "").then(() => view.current?.focus());
        break;
      case "larger":
        setFontSize(Math.min(FONT_SIZES.most, fontSize + 1));
        break;
      case "smaller":
        setFontSize(Math.max(FONT_SIZES.least, fontSize - 1));
        break;
      case "readable":
        setReadable(!readable);
        break;
      case "reader":
        setScreenReader(!screenReader);
        break;
      case "start":
        start();
        break;
      case "end":
        setEnding(true);
    }
  };

  return (
    <div className="terminal-page" data-mode={mode}>
      <header className="terminal-bar">
        <h1 title={sessionId}>{name}</h1>
        <div className="terminal-state">
          <StatusIndicator type={words.type}>
            <span role="status">{words.short}</span>
            {words.long && <span className="terminal-detail">: {words.long}</span>}
          </StatusIndicator>
        </div>
        <span className="terminal-title">{state.title}</span>
        <div ref={menu}>
          <ButtonDropdown
            ariaLabel="Actions of the terminal"
            onItemClick={({ detail }) => act(detail.id)}
            items={[
              { id: "search", text: "Search", secondaryText: "Ctrl+Shift+F" },
              { id: "copy", text: "Copy all output" },
              { id: "start", text: "New session to this node", disabled: !about?.target, external: true },
              {
                id: "look",
                text: "Appearance",
                items: [
                  { id: "larger", text: "Larger letters", disabled: fontSize >= FONT_SIZES.most },
                  { id: "smaller", text: "Smaller letters", disabled: fontSize <= FONT_SIZES.least },
                  { id: "readable", text: "Raise contrast of colours", itemType: "checkbox", checked: readable },
                  { id: "reader", text: "Screen reader mode", itemType: "checkbox", checked: screenReader },
                ],
              },
              { id: "end", text: "End session", disabled: !running },
            ]}
          >
            Actions
          </ButtonDropdown>
        </div>
      </header>
      {searches > 0 && (
        <SearchBox
          asked={searches}
          found={state.found}
          onSearch={(text, backwards, incremental) => view.current?.search(text, backwards, incremental)}
          onClose={() => {
            setSearches(0);
            view.current?.search("", false, false);
            view.current?.focus();
          }}
        />
      )}
      <Messages
        channel={channel}
        notices={state.notices}
        now={now}
        onDismiss={dismiss}
        onHurry={hurry}
        onStart={about?.target ? start : undefined}
      />
      <main className="terminal-frame" data-mode={mode} aria-label={`Terminal on ${name}`}>
        <div ref={element} className="terminal-screen" />
      </main>
      <footer className="terminal-hints">
        {state.link === undefined ? "Ctrl+Shift+L leaves the terminal" : `Ctrl+click opens ${state.link}`}
      </footer>
      {state.paste !== undefined && (
        <PasteQuestion
          text={state.paste}
          onAnswer={(yes) => {
            const text = state.paste ?? "";
            pasted();
            if (yes) {
              view.current?.paste(text);
            } else {
              view.current?.focus();
            }
          }}
        />
      )}
      {ending && (
        <Confirm
          title="End session"
          action="End session"
          work={() => terminateSession(sessionId)}
          onClose={() => setEnding(false)}
        >
          The shell on {name} and what runs in it is ended.
        </Confirm>
      )}
    </div>
  );
}

function PasteQuestion({ text, onAnswer }: { text: string; onAnswer: (yes: boolean) => void }) {
  const lines = text.split(/\r\n|\r|\n/).length;
  return (
    <Modal
      visible
      header={`Paste ${lines} lines?`}
      closeAriaLabel="Close"
      onDismiss={() => onAnswer(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onAnswer(false)}>
              Cancel
            </Button>
            <Button variant="primary" onClick={() => onAnswer(true)}>
              Paste
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <div>The program takes each line as if it had been typed, and may run it at once.</div>
        <pre className="terminal-paste" tabIndex={0}>
          {text.length > PASTE_SHOWN ? `${text.slice(0, PASTE_SHOWN)}…` : text}
        </pre>
      </SpaceBetween>
    </Modal>
  );
}

function useRemembered<T>(key: string, otherwise: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => {
    const kept = recall<unknown>(key, otherwise);
    return typeof kept === typeof otherwise ? (kept as T) : otherwise;
  });
  return [
    value,
    (chosen) => {
      setValue(chosen);
      remember(key, chosen);
    },
  ];
}

/** The time, for counting down. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
