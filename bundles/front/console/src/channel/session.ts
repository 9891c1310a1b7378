import { MalformedMessage } from "../codec/malformed";
import { type AgentMessage, decode, encode } from "../codec/message";
import { openingText } from "../codec/opening";
import { acknowledgement, probe, type TerminalSize } from "../codec/payloads";
import { TICK_MILLIS } from "../codec/sender";
import { type Clock, pageClock } from "./clock";
import { Conversation } from "./conversation";
import { type Keep, type Kept, Moved } from "./keep";
import { LinkWatch } from "./linkWatch";
import { Outbox } from "./outbox";
import { OutputPath } from "./outputPath";
import { Retries } from "./retries";
import type { Screen } from "./screen";
import { Socket } from "./socket";
import type { ChannelState, How, Notice, Trouble } from "./state";

/** What came of asking the server to go on with a session. */
export type Resumed =
  | { readonly kind: "token"; readonly token: string; readonly streamUrl: string }
  /** The session is over. */
  | { readonly kind: "over"; readonly text: string }
  /** Nobody answers, or not now. */
  | { readonly kind: "away"; readonly text: string }
  | { readonly kind: "signed-out"; readonly text: string }
  /** Refused for good. */
  | { readonly kind: "refused"; readonly text: string };

export interface SessionListener {
  state(state: ChannelState): void;
  trouble(trouble: Trouble | undefined): void;
  notice(notice: Notice): void;
  /** What was told of that kind is no longer so. */
  settled(kind: string): void;
}

/** How long the node may take for what was typed before that is told. */
const DEAF_MILLIS = 10_000;

/** A connection that lasted so long was one. */
const STEADY_MILLIS = 30_000;

/** Between the two sizes that have a program paint anew. */
const REPAINT_MILLIS = 300;

/**
 * The browser's end of a shell session: keeps it connected. A lost connection is taken up again with a new token, and what was not
 * acknowledged is sent once more, by both ends. Owns its socket and its timers until {@link end}.
 */
export class TerminalSession {
  private readonly outbox: Outbox;
  private readonly output: OutputPath;
  private readonly conversation: Conversation;
  private readonly retries = new Retries();
  private readonly watch: LinkWatch;
  private readonly ticking: ReturnType<typeof setInterval>;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private socket: Socket | undefined;
  private kept: Kept | undefined;
  private openedAt = 0;
  private live = false;
  private heard = false;
  private shrunk = false;
  private downSince: number | undefined;
  private over = false;
  private asking = false;
  private lastCause = { cause: "", signedOut: false };
  private away: Trouble | undefined;
  private shown: Trouble | undefined;

  /**
   * @param size of the window as it is, at any time
   * @param resume asks the server once for a new token
   */
  constructor(
    private readonly screen: Screen,
    private readonly keep: Keep,
    private size: TerminalSize,
    private readonly resume: () => Promise<Resumed>,
    private readonly listener: SessionListener,
    private readonly clock: Clock = pageClock,
  ) {
    this.watch = new LinkWatch(clock.steady(), clock.wall());
    this.outbox = new Outbox((message) => this.write(message), clock);
    this.output = new OutputPath(screen, keep, () => this.size, clock, {
      acknowledge: (message) => this.write(acknowledgement(message, crypto.randomUUID(), clock.wall())),
      handshake: (message) => this.conversation.shakeHands(message),
      moved: (text) => this.finish("moved", text),
      notKept: () =>
        listener.notice({ kind: "NotKept", text: "This browser keeps no more output: do not load the page again." }),
      flooded: () => this.socket?.close("more came than can be shown"),
    });
    this.conversation = new Conversation(this.output, this.outbox, () => this.size, clock, {
      closed: (text) => void this.closed(text),
      failed: (text) => this.finish("lost", text),
      moved: (text) => this.finish("moved", text),
      nodeAway: (text, ends) => {
        const since = this.away?.since ?? clock.wall();
        this.away = { kind: "node-away", text, since, ...(ends !== undefined && { ends }) };
      },
      nodeBack: () => (this.away = undefined),
      notice: (notice) => listener.notice(notice),
      settled: (kind) => listener.settled(kind),
      line: (text) => listener.notice({ kind: "Node", text }),
      placed: (gap) => this.placed(gap),
    });
    this.ticking = setInterval(() => this.tick(), TICK_MILLIS);
  }

  /** Shows what an earlier page had, and connects. To be called once. */
  async begin(): Promise<void> {
    this.listener.state({ kind: "connecting" });
    this.kept = await this.keep.claim();
    await this.screen.restore(this.kept.picture, this.kept.output);
    this.conversation.begin(this.kept);
    this.outbox.resize(this.size);
    await this.connect();
  }

  /** False when there is no place for all of it; then nothing of it is sent. */
  type(bytes: Uint8Array): boolean {
    this.conversation.typed();
    // What is typed is meant for the window that the person sees.
    this.regrow();
    return this.outbox.type(bytes);
  }

  resize(size: TerminalSize): void {
    if (size.columns !== this.size.columns || size.rows !== this.size.rows) {
      this.size = size;
      this.shrunk = false;
      this.outbox.resize(size);
    }
  }

  /** Whether the person sees the page. */
  hide(hidden: boolean): void {
    this.output.hide(hidden);
    if (!hidden) {
      this.hurry();
    }
  }

  /** The person, or the network, is back: a dead connection is found now, and the next try is not waited for. */
  hurry(): void {
    this.watch.doubt();
    if (this.retry !== undefined) {
      clearTimeout(this.retry);
      void this.connect();
    }
  }

  /** Nothing is shown, sent or tried any more; the session itself goes on. */
  end(): void {
    this.over = true;
    clearInterval(this.ticking);
    clearTimeout(this.retry);
    this.output.end();
    this.socket?.close("the page ends");
  }

  private async connect(): Promise<void> {
    if (this.asking || this.over || this.socket) {
      return;
    }
    this.retry = undefined;
    this.asking = true;
    this.tellDown({ cause: "" });
    try {
      const resumed = (await this.keep.mine()) ? await this.resume() : undefined;
      if (!this.over) {
        this.resumed(resumed);
      }
    } finally {
      this.asking = false;
    }
  }

  private resumed(resumed: Resumed | undefined): void {
    switch (resumed?.kind) {
      case undefined:
        this.finish("moved", new Moved("The session goes on in another tab of this browser.").message);
        break;
      case "over":
        this.finish("over", resumed.text);
        break;
      case "refused":
        this.finish("refused", resumed.text);
        break;
      case "away":
        this.tryAgain(resumed.text, false);
        break;
      case "signed-out":
        this.tryAgain(resumed.text, true);
        break;
      case "token":
        this.dial(resumed.token, resumed.streamUrl);
    }
  }

  private dial(token: string, streamUrl: string): void {
    let warned = false;
    try {
      this.socket = new Socket(streamUrl, {
        opened: () => this.opened(token),
        frame: (bytes) => {
          this.watch.heard(this.clock.steady());
          try {
            this.conversation.message(decode(bytes));
            this.heard = true;
            this.retries.progress();
          } catch (e) {
            if (!(e instanceof MalformedMessage)) {
              throw e;
            }
            if (!warned) {
              warned = true;
              this.listener.notice({ kind: "Malformed", text: `A message was left out: ${e.message}.` });
            }
          }
        },
        writable: () => this.outbox.writable(),
        closed: (cause) => this.disconnected(cause),
      });
    } catch (e) {
      this.finish("lost", e instanceof Error ? e.message : "The address of the stream is no address.");
    }
  }

  private opened(token: string): void {
    const clientId = this.kept?.clientId ?? "";
    this.openedAt = this.clock.steady();
    this.live = true;
    this.heard = false;
    this.watch.heard(this.openedAt);
    // Who was here before says so, and is told where the streams stand: an earlier page of this browser had the same id.
    const takesOver = this.conversation.placed ? {} : { takesOver: clientId };
    this.socket?.sendText(openingText({ requestId: crypto.randomUUID(), token, clientId, ...takesOver }));
    if (this.conversation.placed) {
      this.outbox.connectedAgain();
    }
    this.away = undefined;
    this.downSince = undefined;
    this.listener.state({ kind: "connected" });
  }

  private placed(gap: number): void {
    this.outbox.connectedAgain();
    if (gap > 0) {
      const text = `What came before is not shown: this browser did not keep it (${gap} messages).`;
      this.listener.notice({ kind: "Gap", text });
      const { columns, rows } = this.size;
      this.shrunk = true;
      this.outbox.resize({ columns, rows: Math.max(1, rows - 1) });
      setTimeout(() => this.regrow(), REPAINT_MILLIS);
    }
  }

  private regrow(): void {
    if (this.shrunk) {
      this.shrunk = false;
      this.outbox.resize(this.size);
    }
  }

  private disconnected(cause: string): void {
    const lasted = this.live && this.clock.steady() - this.openedAt >= STEADY_MILLIS;
    this.socket = undefined;
    this.live = false;
    this.outbox.disconnected();
    if (lasted) {
      this.retries.progress();
    }
    if (!this.over) {
      this.tryAgain(cause, false);
    }
  }

  private tryAgain(cause: string, signedOut: boolean): void {
    const pause = this.retries.next(this.clock.steady());
    if (pause === undefined) {
      this.finish("lost", `There was no connection for a day: ${cause}`);
      return;
    }
    this.tellDown({ cause, signedOut, nextTry: this.clock.wall() + pause });
    this.retry = setTimeout(() => void this.connect(), pause);
  }

  private tellDown(now: { cause: string; signedOut?: boolean; nextTry?: number }): void {
    if (this.downSince === undefined && now.cause === "") {
      return;
    }
    this.downSince ??= this.clock.wall();
    if (now.cause !== "") {
      this.lastCause = { cause: now.cause, signedOut: now.signedOut ?? false };
    }
    const nextTry = now.nextTry === undefined ? {} : { nextTry: now.nextTry };
    this.listener.state({ kind: "reconnecting", since: this.downSince, ...this.lastCause, ...nextTry });
  }

  /**
   * The server said a last word, and often why; its history knows the rest. That word alone may be a refusal of this client, while the
   * session goes on.
   */
  private async closed(text: string): Promise<void> {
    const first = !this.heard;
    this.stop();
    if (text !== "" && !first) {
      this.tellEnd("over", text);
      return;
    }
    const known = await this.resume().catch(() => undefined);
    const refused = text !== "" && known?.kind === "token";
    this.tellEnd(refused ? "refused" : "over", text === "" && known?.kind === "over" ? known.text : text);
  }

  private finish(how: How, text: string): void {
    if (!this.over) {
      this.stop();
      this.tellEnd(how, text);
    }
  }

  private stop(): void {
    this.over = true;
    clearInterval(this.ticking);
    clearTimeout(this.retry);
    this.output.flush();
    this.socket?.close("the session is over");
  }

  private tellEnd(how: How, text: string): void {
    if (how === "over") {
      // what is left is for reading; nobody waits for it
      void this.keep.over().catch(() => undefined);
    }
    this.listener.trouble(undefined);
    this.listener.state({ kind: "ended", how, text });
  }

  private write(message: AgentMessage): boolean {
    return this.socket?.send(encode(message)) ?? false;
  }

  private tick(): void {
    const now = this.clock.steady();
    const oldest = this.outbox.oldest();
    const verdict = this.watch.tick(now, this.clock.wall(), oldest);
    if (this.live && verdict === "dead") {
      this.socket?.close("the server does not answer");
    } else if (this.live && verdict === "ask") {
      this.write(probe(crypto.randomUUID(), Math.floor(this.clock.wall())));
    }
    this.outbox.tick();
    this.tellTrouble(now, oldest);
  }

  private tellTrouble(now: number, oldest: number | undefined): void {
    const late = this.downSince === undefined && oldest !== undefined ? now - Math.max(oldest, this.openedAt) : 0;
    const deaf: Trouble = {
      kind: "not-taken",
      text: "The node has not taken what was typed",
      since: this.clock.wall() - late,
    };
    const trouble = this.downSince === undefined ? (this.away ?? (late >= DEAF_MILLIS ? deaf : undefined)) : undefined;
    if (trouble?.kind !== this.shown?.kind || trouble?.ends !== this.shown?.ends) {
      this.shown = trouble;
      this.listener.trouble(trouble);
    }
  }
}
