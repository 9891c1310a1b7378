import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { TerminalDatabase } from "../../channel/database";
import { NoKeep } from "../../channel/keep";
import { TerminalSession } from "../../channel/session";
import type { ChannelState, Notice, Trouble } from "../../channel/state";
import { type Appearance, TerminalView } from "../../terminal/terminalView";
import { resume } from "./server";

/** What the page knows of its terminal. */
export interface TerminalState {
  readonly channel: ChannelState;
  readonly trouble?: Trouble | undefined;
  readonly notices: readonly Notice[];
  readonly title: string;
  readonly link?: string | undefined;
  readonly found: { readonly index: number; readonly count: number };
  /** A text that waits for the person's word. */
  readonly paste?: string | undefined;
}

export interface TerminalHandle {
  readonly state: TerminalState;
  readonly view: RefObject<TerminalView | undefined>;
  readonly hurry: () => void;
  readonly dismiss: (notice: Notice) => void;
  readonly pasted: () => void;
}

const BEGIN: TerminalState = {
  channel: { kind: "connecting" },
  notices: [],
  title: "",
  found: { index: -1, count: 0 },
};

/** Binds a terminal in an element to its session, as long as the page shows it. */
export function useTerminal(
  element: RefObject<HTMLElement | null>,
  sessionId: string,
  owner: string,
  appearance: Appearance,
  onCommand: (command: "leave" | "search") => void,
): TerminalHandle {
  const [state, setState] = useState(BEGIN);
  const view = useRef<TerminalView>();
  const session = useRef<TerminalSession>();
  const command = useRef(onCommand);
  const first = useRef(appearance);
  command.current = onCommand;

  useEffect(() => view.current?.appear(appearance), [appearance]);

  useEffect(() => {
    const change = (more: Partial<TerminalState>) => setState((before) => ({ ...before, ...more }));
    const tell = (notice: Notice) =>
      setState((before) => ({
        ...before,
        notices: [...before.notices.filter((one) => one.kind !== notice.kind), notice].slice(-4),
      }));
    const ending = new AbortController();
    const { signal } = ending;

    const begin = async () => {
      // the size of a character is not known before its font is there
      await document.fonts.ready;
      if (signal.aborted || !element.current) {
        return;
      }
      const drawn = new TerminalView(element.current, first.current, {
        typed: (bytes) => {
          if (session.current?.type(bytes) === false) {
            tell({ kind: "Full", text: "The text was not pasted: too much waits to be sent already." });
          }
        },
        resized: (size) => session.current?.resize(size),
        titled: (title) => change({ title }),
        confirmPaste: (paste) => change({ paste }),
        command: (asked) => command.current(asked),
        link: (link) => change({ link }),
        found: (index, count) => change({ found: { index, count } }),
      });
      view.current = drawn;
      const keep = await keepOf(sessionId, owner);
      if (signal.aborted) {
        return;
      }
      if (keep instanceof NoKeep) {
        tell({ kind: "NotKept", text: "This browser keeps nothing: who loads this page again loses the session." });
      }
      const made = new TerminalSession(drawn, keep, drawn.size(), () => resume(sessionId), {
        state: (channel) => {
          change({ channel });
          if (channel.kind === "ended") {
            drawn.freeze();
            // what they warned of has come, or does not come any more
            setState((before) => ({ ...before, notices: before.notices.filter((one) => one.ends === undefined) }));
          }
        },
        trouble: (trouble) => change({ trouble }),
        notice: tell,
        settled: (kind) =>
          setState((before) => ({ ...before, notices: before.notices.filter((one) => one.kind !== kind) })),
      });
      session.current = made;
      document.addEventListener("visibilitychange", () => made.hide(document.hidden), { signal });
      window.addEventListener("online", () => made.hurry(), { signal });
      window.addEventListener("focus", () => made.hurry(), { signal });
      made.hide(document.hidden);
      drawn.focus();
      await made.begin();
    };

    begin().catch((e: unknown) =>
      change({ channel: { kind: "ended", how: "lost", text: `The terminal failed: ${String(e)}` } }),
    );
    return () => {
      ending.abort();
      session.current?.end();
      view.current?.dispose();
      session.current = undefined;
      view.current = undefined;
    };
  }, [element, sessionId, owner]);

  return useMemo(
    () => ({
      state,
      view,
      hurry: () => session.current?.hurry(),
      dismiss: (notice) =>
        setState((before) => ({ ...before, notices: before.notices.filter((one) => one !== notice) })),
      pasted: () => setState((before) => ({ ...before, paste: undefined })),
    }),
    [state],
  );
}

async function keepOf(sessionId: string, owner: string) {
  try {
    const database = await TerminalDatabase.open();
    await database.purge(owner, Date.now());
    return database.session(sessionId, owner, Date.now);
  } catch {
    return new NoKeep();
  }
}
