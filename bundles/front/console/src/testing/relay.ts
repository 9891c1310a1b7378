import type { Resumed } from "../channel/session";
import { toJson } from "../codec/json";
import { type AgentMessage, decode, encode } from "../codec/message";
import { acknowledgement, parseAcknowledged } from "../codec/payloads";
import { StreamReceiver } from "../codec/receiver";
import { MessageType, PayloadType } from "../codec/types";

const NOW = 1_700_000_000_000;

class Closed extends Event {
  readonly reason = "";
}

/** The server's end of one web-socket. */
class FakeSocket {
  static readonly OPEN = 1;
  binaryType = "";
  readyState = 0;
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: Closed) => void) | null = null;
  opened = false;

  constructor(
    readonly relay: FakeRelay,
    readonly url: string,
  ) {
    setTimeout(() => {
      if (this.readyState === 0) {
        this.readyState = 1;
        this.onopen?.();
      }
    }, 1);
  }

  send(data: string | Uint8Array): void {
    if (this.readyState === 1) {
      this.relay.received(this, data);
    }
  }

  close(): void {
    this.readyState = 3;
    this.relay.gone(this);
  }

  lost(): void {
    this.readyState = 3;
    this.onclose?.(new Closed("close"));
  }

  deliver(bytes: Uint8Array): void {
    setTimeout(() => {
      if (this.readyState === 1) {
        this.onmessage?.({ data: bytes.slice().buffer });
      }
    }, 0);
  }
}

/** Relay and node in one, as far as a client sees them: numbers, keeps and replays the output, and takes the input in order. */
export class FakeRelay {
  readonly openings: Record<string, unknown>[] = [];
  readonly input: unknown[] = [];
  answers: Resumed[] = [];
  over: string | undefined;
  refusal: string | undefined;
  silent = false;
  readonly WebSocket: unknown;
  private readonly all: AgentMessage[] = [];
  private readonly had = new Set<number>();
  private readonly receiver = new StreamReceiver();
  private keys = "";
  private tokens = 0;
  private socket: FakeSocket | undefined;

  constructor() {
    const make = (url: string) => new FakeSocket(this, url);
    this.WebSocket = Object.assign(
      function (this: unknown, url: string) {
        return make(url);
      },
      { OPEN: FakeSocket.OPEN },
    );
  }

  resume(): Promise<Resumed> {
    const answer = this.answers.shift();
    if (answer) {
      return Promise.resolve(answer);
    }
    if (this.over !== undefined) {
      return Promise.resolve({ kind: "over", text: this.over });
    }
    return Promise.resolve({ kind: "token", token: `token-${++this.tokens}`, streamUrl: "wss://relay/s-1" });
  }

  output(text: string): void {
    const message = this.message(
      MessageType.output,
      new TextEncoder().encode(text),
      PayloadType.output,
      this.all.length,
    );
    this.all.push(message);
    this.send(message);
  }

  notice(kind: string, seconds: number, text: string): void {
    this.send(this.message(MessageType.notice, toJson({ SchemaVersion: 1, Kind: kind, Seconds: seconds, Text: text })));
  }

  close(text: string): void {
    this.send(this.message(MessageType.closed, toJson({ Output: text })));
  }

  raw(bytes: Uint8Array): void {
    this.socket?.deliver(bytes);
  }

  /** The connection breaks. */
  drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.lost();
  }

  /** A server that was killed does not know the newest acknowledgements. */
  forgetUnwritten(): void {
    const newest = [...this.had].sort((a, b) => b - a).slice(0, 3);
    newest.forEach((sequence) => this.had.delete(sequence));
    this.drop();
  }

  /** The node sends again what was acknowledged already. */
  repeat(back: number): void {
    const message = this.all.at(-1 - back);
    if (message) {
      this.send(message);
    }
  }

  /** Whether a client is there. */
  current(): boolean {
    return this.socket !== undefined;
  }

  typed(): string {
    return this.keys;
  }

  acknowledged(): number {
    return this.had.size;
  }

  sent(): number {
    return this.all.length;
  }

  gone(socket: FakeSocket): void {
    if (this.socket === socket) {
      this.socket = undefined;
    }
  }

  received(socket: FakeSocket, data: string | Uint8Array): void {
    if (typeof data === "string") {
      this.open(socket, JSON.parse(data) as Record<string, unknown>);
    } else if (socket === this.socket && !this.silent) {
      this.take(decode(data));
    }
  }

  private open(socket: FakeSocket, opening: Record<string, unknown>): void {
    this.openings.push(opening);
    this.silent = false;
    const before = this.socket;
    this.socket = socket;
    before?.lost();
    if (this.refusal !== undefined) {
      this.close(this.refusal);
      return;
    }
    if (opening["TakesOver"] !== undefined) {
      const first = this.all.findIndex((message) => !this.had.has(message.sequence));
      const output = first < 0 ? this.all.length : first;
      this.send(
        this.message(
          MessageType.position,
          toJson({ SchemaVersion: 1, Output: output, Input: this.receiver.expected() }),
        ),
      );
    }
    this.all.filter((message) => !this.had.has(message.sequence)).forEach((message) => this.send(message));
  }

  private take(message: AgentMessage): void {
    if (message.type === MessageType.acknowledge) {
      this.had.add(parseAcknowledged(message.payload));
    } else if (message.type === MessageType.probe) {
      this.send(message);
    } else if (message.type === MessageType.input) {
      const { deliver, again } = this.receiver.frame(message);
      for (const one of deliver) {
        const text = new TextDecoder().decode(one.payload);
        if (one.payloadType === PayloadType.size) {
          this.input.push(JSON.parse(text));
        } else {
          this.keys += text;
        }
      }
      for (const one of again ? [again] : deliver) {
        this.send(acknowledgement(one, crypto.randomUUID(), NOW));
      }
    }
  }

  private send(message: AgentMessage): void {
    this.socket?.deliver(encode(message));
  }

  private message(type: string, payload: Uint8Array, payloadType = 0, sequence = 0): AgentMessage {
    return {
      type,
      schemaVersion: 1,
      createdMillis: NOW,
      sequence,
      flags: 0,
      id: crypto.randomUUID(),
      payloadType,
      payload,
    };
  }
}
