import type { AgentMessage } from "../codec/message";
import { sizePayload, type TerminalSize } from "../codec/payloads";
import { CHUNK_BYTES, StreamSender } from "../codec/sender";
import { PayloadType } from "../codec/types";
import type { Clock } from "./clock";

/** Most bytes that were typed or pasted and wait for their number. */
export const MOST_WAITING = 16 * 1024 * 1024;

interface Waiting {
  readonly payloadType: number;
  readonly payload: Uint8Array;
}

/**
 * What goes to the node: the reliable stream, and before it what the stream or the connection has no place for yet. Nothing is dropped: of
 * sizes only the newest waits, and keys beyond {@link MOST_WAITING} are refused as a whole.
 */
export class Outbox {
  private readonly urgent: Waiting[] = [];
  private keys: Uint8Array[] = [];
  private keyBytes = 0;
  private size: TerminalSize | undefined;
  private again: AgentMessage[] = [];
  private sender: StreamSender | undefined;
  private connected = false;
  private choked = false;

  /** @param wire sends a message; false when the connection wants no more for now */
  constructor(
    private readonly wire: (message: AgentMessage) => boolean,
    private readonly clock: Clock,
  ) {}

  /** From now on there are numbers: where the stream stands is known. */
  place(first: number): void {
    this.sender = new StreamSender(() => crypto.randomUUID(), this.clock.wall, first);
    if (!this.connected) {
      this.sender.pause();
    }
  }

  /** Takes what was typed; false when there is no place for all of it. */
  type(bytes: Uint8Array): boolean {
    if (this.keyBytes + bytes.length > MOST_WAITING) {
      return false;
    }
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      this.keys.push(bytes.subarray(from, from + CHUNK_BYTES));
    }
    this.keyBytes += bytes.length;
    this.drain();
    return true;
  }

  resize(size: TerminalSize): void {
    this.size = size;
    this.drain();
  }

  /** Goes before all keys that wait. */
  answer(payloadType: number, payload: Uint8Array): void {
    this.urgent.push({ payloadType, payload });
    this.drain();
  }

  acknowledged(sequence: number): void {
    this.sender?.acknowledged(sequence, this.clock.steady());
    this.drain();
  }

  /** There is nobody to send to. Resends rest; what is typed still gets its number. */
  disconnected(): void {
    this.connected = false;
    this.choked = false;
    this.again = [];
    this.sender?.pause();
  }

  /** A new connection: what was not acknowledged goes once more, in order and before anything new. */
  connectedAgain(): void {
    this.connected = true;
    this.again = this.sender?.reconnected(this.clock.steady()) ?? [];
    this.drain();
  }

  /** The connection takes messages again. */
  writable(): void {
    this.choked = false;
    this.drain();
  }

  tick(): void {
    if (this.connected && !this.choked && this.again.length === 0) {
      const overdue = this.sender?.tick(this.clock.steady());
      if (overdue) {
        this.write(overdue);
      }
    }
  }

  /** When the oldest message that is not acknowledged was first sent. */
  oldest(): number | undefined {
    return this.sender?.oldestSent();
  }

  private drain(): void {
    while (!this.choked && this.again.length > 0) {
      this.write(this.again.shift() as AgentMessage);
    }
    while (this.sender && !this.choked && !this.sender.full()) {
      const next = this.next();
      if (!next) {
        return;
      }
      this.write(this.sender.send(next.payloadType, next.payload, this.clock.steady()));
    }
  }

  private next(): Waiting | undefined {
    if (this.urgent.length > 0) {
      return this.urgent.shift();
    }
    if (this.size) {
      const payload = sizePayload(this.size);
      this.size = undefined;
      return { payloadType: PayloadType.size, payload };
    }
    const payload = this.keys.shift();
    if (payload) {
      this.keyBytes -= payload.length;
    }
    return payload && { payloadType: PayloadType.output, payload };
  }

  private write(message: AgentMessage): void {
    if (this.connected && !this.wire(message)) {
      this.choked = true;
    }
  }
}
