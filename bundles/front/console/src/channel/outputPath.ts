import type { AgentMessage } from "../codec/message";
import type { TerminalSize } from "../codec/payloads";
import { StreamReceiver } from "../codec/receiver";
import { PayloadType } from "../codec/types";
import type { Clock } from "./clock";
import { type Keep, type KeptOutput, Moved, NoKeep } from "./keep";
import type { Screen } from "./screen";

/** Between two parts that are drawn; what comes alone waits for nothing. */
const PART_MILLIS = 4;
const PART_BYTES = 64 * 1024;

/** What a hidden page, which browsers slow down, may owe to its screen while it still acknowledges. */
export const HIDDEN_MARK = 16 * 1024 * 1024;

/** More than an honest node sends without acknowledgements: the connection is given up until it is drawn. */
export const HARD_MARK = 64 * 1024 * 1024;

/** Output after which a new picture takes the place of what is kept. */
export interface PictureBytes {
  /** After a second's rest. */
  readonly rested: number;
  readonly inAnyCase: number;
}

/** A picture goes through every cell of thousands of lines; to draw such output again when a page is loaded costs less. */
const PICTURES: PictureBytes = { rested: 1024 * 1024, inAnyCase: 16 * 1024 * 1024 };
const PICTURE_REST_MILLIS = 1_000;

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
 *
 * What came goes to the screen in parts. The browser keeps the same parts, one transaction at a time: each costs it about the same, so
 * parts that come meanwhile go together with the next one.
 */
export class OutputPath {
  private receiver = new StreamReceiver();
  private fresh: AgentMessage[] = [];
  private freshBytes = 0;
  private flushed = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly owed: AgentMessage[] = [];
  private owedBytes = 0;
  private undrawnBytes = 0;
  private unkept: KeptOutput[] = [];
  private keeping = 0;
  private drawnTo = 0;
  private keptTo = 0;
  private acknowledged = 0;
  private sincePicture = 0;
  private hidden = false;

  constructor(
    private readonly screen: Screen,
    private keep: Keep,
    private readonly size: () => TerminalSize,
    private readonly clock: Clock,
    private readonly events: OutputEvents,
    private readonly pictures: PictureBytes = PICTURES,
  ) {}

  /** @param next number of the first message that the screen does not show */
  place(next: number, keptBytes: number): void {
    this.receiver = new StreamReceiver(next);
    this.drawnTo = this.keptTo = this.acknowledged = next;
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
    // timers of a hidden page are late by up to a second, and there is nothing to draw
    const due = this.hidden || this.clock.steady() - this.flushed >= PART_MILLIS;
    if (due || this.freshBytes >= PART_BYTES) {
      this.flush();
    } else {
      this.timer ??= setTimeout(() => this.flush(), PART_MILLIS);
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
    const next = first.sequence + messages.length;
    const part: KeptOutput = { first: first.sequence, next, bytes: joined(messages), size: this.size() };
    this.owed.push(...messages);
    this.owedBytes += this.freshBytes;
    this.fresh = [];
    this.freshBytes = 0;
    this.flushed = this.clock.steady();
    this.undrawnBytes += part.bytes.length;
    this.sincePicture += part.bytes.length;
    messages.filter(isHandshake).forEach((one) => this.events.handshake(one));
    this.unkept.push(part);
    if (this.keeping === 0) {
      this.store();
    }
    this.screen.output(part.bytes, () => this.drawn(part));
    if (this.owedBytes > HARD_MARK) {
      this.events.flooded();
    }
  }

  /** Nothing is shown any more. */
  end(): void {
    clearTimeout(this.timer);
    clearTimeout(this.rest);
  }

  /** Transactions end in the order in which they began. */
  private store(): void {
    const parts = this.unkept;
    const last = parts.at(-1);
    if (!last) {
      return;
    }
    this.unkept = [];
    this.keeping++;
    this.keep.append(parts).then(
      () => this.kept(last.next),
      (e: unknown) => {
        if (e instanceof Moved) {
          this.events.moved(e.message);
          return;
        }
        this.giveUpKeeping();
        this.kept(last.next);
      },
    );
  }

  private giveUpKeeping(): void {
    if (!(this.keep instanceof NoKeep)) {
      this.keep = new NoKeep();
      this.events.notKept();
    }
  }

  private kept(next: number): void {
    this.keptTo = next;
    if (--this.keeping === 0) {
      this.store();
    }
    this.settle();
  }

  private drawn(part: KeptOutput): void {
    this.drawnTo = part.next;
    this.undrawnBytes -= part.bytes.length;
    if (this.sincePicture >= this.pictures.inAnyCase) {
      this.paint(part.next);
    } else if (this.sincePicture >= this.pictures.rested && this.undrawnBytes === 0) {
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.paint(part.next), PICTURE_REST_MILLIS);
    }
    this.settle();
  }

  /** The picture takes the place of all parts that are in it; those that came later stay behind it. */
  private paint(next: number): void {
    const picture = this.screen.picture();
    if (picture) {
      this.sincePicture = this.undrawnBytes;
      // written after the picture that has it, a part would be shown twice
      this.store();
      this.keep.replace({ ...picture, next }).catch((e: unknown) => {
        if (!(e instanceof Moved)) {
          this.giveUpKeeping();
        }
      });
    }
  }

  private settle(): void {
    const lenient = this.hidden && this.undrawnBytes < HIDDEN_MARK;
    const to = lenient ? this.keptTo : Math.min(this.keptTo, this.drawnTo);
    let done = 0;
    for (let head = this.owed[done]; head && head.sequence < to; head = this.owed[++done]) {
      this.owedBytes -= head.payload.length;
      this.acknowledged = head.sequence + 1;
      this.events.acknowledge(head);
    }
    this.owed.splice(0, done);
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
