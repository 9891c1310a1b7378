import type { AgentMessage } from "../codec/message";
import type { TerminalSize } from "../codec/payloads";
import { StreamReceiver } from "../codec/receiver";
import { PayloadType } from "../codec/types";
import type { Clock } from "./clock";
import { type Keep, Moved, NoKeep } from "./keep";
import type { Screen } from "./screen";

/** Between two batches; what comes alone waits for nothing. */
const BATCH_MILLIS = 4;
const BATCH_BYTES = 64 * 1024;

/** What a hidden page, which browsers slow down, may owe to its screen while it still acknowledges. */
export const HIDDEN_MARK = 16 * 1024 * 1024;

/** More than an honest node sends without acknowledgements: the connection is given up until it is drawn. */
export const HARD_MARK = 64 * 1024 * 1024;

/** Output after which a new picture takes the place of what is kept: after a second's rest, and in any case. */
const PICTURE_BYTES = 64 * 1024;
const PICTURE_REST_MILLIS = 1_000;
const PICTURE_FORCED_BYTES = 4 * 1024 * 1024;

interface Batch {
  readonly messages: readonly AgentMessage[];
  readonly bytes: Uint8Array;
  kept: boolean;
  drawn: boolean;
}

export interface OutputEvents {
  /** To be acknowledged now: it is on the screen, and kept. */
  acknowledge(message: AgentMessage): void;
  /** A handshake message, in its turn. */
  handshake(message: AgentMessage): void;
  /** Another page has the session. */
  moved(text: string): void;
  /** The browser does not keep output any more. */
  notKept(): void;
  /** More came than can be drawn. */
  flooded(): void;
}

/**
 * From the connection to the screen and into what the browser keeps. A message is acknowledged when it is on the screen and would survive
 * the end of the page: the first is what slows a node down, the second is why a page that is loaded again loses nothing.
 */
export class OutputPath {
  private receiver = new StreamReceiver();
  private fresh: AgentMessage[] = [];
  private freshBytes = 0;
  private flushed = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly owed: Batch[] = [];
  private owedBytes = 0;
  private acknowledged = 0;
  private sincePicture = 0;
  private hidden = false;

  constructor(
    private readonly screen: Screen,
    private keep: Keep,
    private readonly size: () => TerminalSize,
    private readonly clock: Clock,
    private readonly events: OutputEvents,
  ) {}

  /** @param next number of the first message that the screen does not show */
  place(next: number, keptBytes: number): void {
    this.receiver = new StreamReceiver(next);
    this.acknowledged = next;
    this.sincePicture = keptBytes;
  }

  hide(hidden: boolean): void {
    this.hidden = hidden;
    this.settle();
  }

  frame(message: AgentMessage): void {
    const { deliver, again } = this.receiver.frame(message);
    if (again && again.sequence < this.acknowledged) {
      this.events.acknowledge(again);
    }
    for (const one of deliver) {
      this.fresh.push(one);
      this.freshBytes += one.payload.length;
    }
    if (this.fresh.length === 0) {
      return;
    }
    if (this.clock.steady() - this.flushed >= BATCH_MILLIS || this.freshBytes >= BATCH_BYTES) {
      this.flush();
    } else {
      this.timer ??= setTimeout(() => this.flush(), BATCH_MILLIS);
    }
  }

  /** Shows and keeps what came. */
  flush(): void {
    clearTimeout(this.timer);
    clearTimeout(this.rest);
    this.timer = undefined;
    const [first] = this.fresh;
    if (!first) {
      return;
    }
    const messages = this.fresh;
    const batch: Batch = { messages, bytes: joined(messages), kept: false, drawn: false };
    this.fresh = [];
    this.freshBytes = 0;
    this.flushed = this.clock.steady();
    this.owed.push(batch);
    this.owedBytes += batch.bytes.length;
    this.sincePicture += batch.bytes.length;
    messages.filter(isHandshake).forEach((one) => this.events.handshake(one));
    this.store(batch, first.sequence);
    this.screen.output(batch.bytes, () => this.drawn(batch));
    if (this.owedBytes > HARD_MARK) {
      this.events.flooded();
    }
  }

  /** Nothing is shown any more. */
  end(): void {
    clearTimeout(this.timer);
    clearTimeout(this.rest);
  }

  /** Bytes that came and are not on the screen. */
  undrawn(): number {
    return this.owedBytes;
  }

  private store(batch: Batch, first: number): void {
    const next = first + batch.messages.length;
    this.keep.append({ first, next, bytes: batch.bytes, size: this.size() }).then(
      () => this.kept(batch),
      (e: unknown) => {
        if (e instanceof Moved) {
          this.events.moved(e.message);
          return;
        }
        this.giveUpKeeping();
        this.kept(batch);
      },
    );
  }

  private giveUpKeeping(): void {
    if (!(this.keep instanceof NoKeep)) {
      this.keep = new NoKeep();
      this.events.notKept();
    }
  }

  private kept(batch: Batch): void {
    batch.kept = true;
    this.settle();
  }

  private drawn(batch: Batch): void {
    const next = (batch.messages.at(-1)?.sequence ?? 0) + 1;
    batch.drawn = true;
    this.owedBytes -= batch.bytes.length;
    if (this.sincePicture >= PICTURE_FORCED_BYTES) {
      this.paint(next);
    } else if (this.sincePicture >= PICTURE_BYTES && this.owedBytes === 0) {
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.paint(next), PICTURE_REST_MILLIS);
    }
    this.settle();
  }

  private paint(next: number): void {
    const picture = this.screen.picture();
    if (picture) {
      this.sincePicture = this.owedBytes;
      this.keep.replace({ ...picture, next }).catch((e: unknown) => {
        if (!(e instanceof Moved)) {
          this.giveUpKeeping();
        }
      });
    }
  }

  private settle(): void {
    const lenient = this.hidden && this.owedBytes < HIDDEN_MARK;
    for (let head = this.owed[0]; head?.kept && (head.drawn || lenient); head = this.owed[0]) {
      this.owed.shift();
      for (const message of head.messages) {
        this.acknowledged = message.sequence + 1;
        this.events.acknowledge(message);
      }
    }
  }
}

function joined(messages: readonly AgentMessage[]): Uint8Array {
  const shown = messages.filter(isShown);
  const bytes = new Uint8Array(shown.reduce((sum, one) => sum + one.payload.length, 0));
  let at = 0;
  for (const { payload } of shown) {
    bytes.set(payload, at);
    at += payload.length;
  }
  return bytes;
}

function isShown(message: AgentMessage): boolean {
  return message.payloadType === PayloadType.output || message.payloadType === PayloadType.stderr;
}

function isHandshake(message: AgentMessage): boolean {
  return message.payloadType === PayloadType.handshakeRequest || message.payloadType === PayloadType.handshakeComplete;
}
