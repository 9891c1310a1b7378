import type { AgentMessage } from "./message";
import { RoundTripTimer } from "./roundTrip";
import { MessageType } from "./types";
import type { Ids } from "./uuid";

/** Payload bytes that a sender should put into one message at most. */
export const CHUNK_BYTES = 1024;

/** How often {@link StreamSender.tick} is worth a call, in milliseconds. */
export const TICK_MILLIS = 100;

/** Most messages and bytes on their way: what a node keeps out of order while its shell does not read. */
const WINDOW_MESSAGES = 1_000;
const WINDOW_BYTES = 512 * 1024;

interface Pending {
  readonly message: AgentMessage;
  readonly firstSent: number;
  lastSent: number;
}

/**
 * Numbers what is typed, keeps it until it is acknowledged one by one, and sends the oldest again when its acknowledgement is late
 * (data-channel specification, section 3.6). Lives over all reconnects, and sends again without limit: a person decides for himself
 * when he has waited enough. Times are milliseconds of one clock that does not jump.
 */
export class StreamSender {
  private readonly pending = new Map<number, Pending>();
  private readonly timer = new RoundTripTimer();
  private pendingBytes = 0;
  private paused = false;

  /**
   * @param ids makes ids of messages
   * @param wall milliseconds since 1970, for the messages' dates
   * @param next number of the first message
   */
  constructor(
    private readonly ids: Ids,
    private readonly wall: () => number,
    private next = 0,
  ) {}

  /** Makes the next message and keeps it; to be sent now, unless the sender is paused. Throws when {@link full}. */
  send(payloadType: number, payload: Uint8Array, now: number): AgentMessage {
    if (this.full()) {
      throw new RangeError(`${this.pending.size} messages wait for their acknowledgement; stop reading the source`);
    }
    const message: AgentMessage = {
      type: MessageType.input,
      schemaVersion: 1,
      createdMillis: Math.max(1, Math.floor(this.wall())),
      sequence: this.next,
      flags: 0,
      id: this.ids(),
      payloadType,
      payload,
    };
    this.pending.set(this.next, { message, firstSent: now, lastSent: now });
    this.pendingBytes += payload.length;
    this.next++;
    return message;
  }

  /** Books an acknowledgement; one for an unknown number is ignored. Also ends a pause, as it proves that somebody listens. */
  acknowledged(sequence: number, now: number): void {
    this.paused = false;
    const done = this.pending.get(sequence);
    if (done) {
      this.pending.delete(sequence);
      this.pendingBytes -= done.message.payload.length;
      // from the first transmission: a link slower than the time-out would else never be learnt
      this.timer.sample(now - done.firstSent);
    }
  }

  /** What must be sent again now: the oldest message if its acknowledgement is overdue, bit for bit as before. */
  tick(now: number): AgentMessage | undefined {
    const head = this.oldest();
    if (this.paused || !head || now - head.lastSent < this.timer.timeoutMillis()) {
      return undefined;
    }
    head.lastSent = now;
    return head.message;
  }

  /** A new connection: all that waits, in order, to be sent at once. Ends a pause. */
  reconnected(now: number): AgentMessage[] {
    this.paused = false;
    return [...this.pending.values()].map((one) => {
      one.lastSent = now;
      return one.message;
    });
  }

  /** No resends until {@link reconnected} or an acknowledgement. */
  pause(): void {
    this.paused = true;
  }

  /** Whether {@link send} would throw. */
  full(): boolean {
    return this.pending.size >= WINDOW_MESSAGES || this.pendingBytes >= WINDOW_BYTES;
  }

  unacknowledged(): number {
    return this.pending.size;
  }

  /** When the oldest message that waits was first sent. */
  oldestSent(): number | undefined {
    return this.oldest()?.firstSent;
  }

  private oldest(): Pending | undefined {
    return this.pending.values().next().value;
  }
}
