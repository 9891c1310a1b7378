import type { AgentMessage } from "./message";

/** What to do with a message that came. */
export interface Received {
  /** Messages whose turn it is, in order. They are to be acknowledged, each once it is safe. */
  readonly deliver: readonly AgentMessage[];
  /** A message that was delivered before: its acknowledgement was lost. */
  readonly again?: AgentMessage;
}

const NOTHING: Received = { deliver: [] };

/** How far ahead a message is kept, and how many payload bytes out of order at most. */
const MOST_AHEAD = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Puts the output in order (data-channel specification, section 3.6). Lives over all reconnects. What is ahead of its turn is kept and
 * not acknowledged before its turn: whoever goes on from the acknowledged place finds no gap.
 */
export class StreamReceiver {
  private readonly early = new Map<number, AgentMessage>();
  private earlyBytes = 0;

  /** @param next number of the message whose turn it is; what is below counts as a repetition */
  constructor(private next = 0) {}

  /** Takes a message of the stream. One that is too far ahead, or does not fit into the buffer, is dropped: it comes again. */
  frame(message: AgentMessage): Received {
    if (message.sequence < this.next) {
      return { deliver: [], again: message };
    }
    if (message.sequence > this.next) {
      this.keep(message);
      return NOTHING;
    }
    const deliver: AgentMessage[] = [];
    for (let turn: AgentMessage | undefined = message; turn; turn = this.take(this.next)) {
      deliver.push(turn);
      this.next++;
    }
    return { deliver };
  }

  /** Number of the message whose turn is next. */
  expected(): number {
    return this.next;
  }

  private take(sequence: number): AgentMessage | undefined {
    const kept = this.early.get(sequence);
    if (kept) {
      this.early.delete(sequence);
      this.earlyBytes -= kept.payload.length;
    }
    return kept;
  }

  private keep(message: AgentMessage): void {
    const tooFar = message.sequence - this.next > MOST_AHEAD;
    if (tooFar || this.early.has(message.sequence) || this.earlyBytes + message.payload.length > MOST_BYTES) {
      return;
    }
    this.early.set(message.sequence, message);
    this.earlyBytes += message.payload.length;
  }
}
