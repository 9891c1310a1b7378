import { ClientHandshake, HandshakeFailed } from "../codec/handshake";
import type { AgentMessage } from "../codec/message";
import { closingText, parseAcknowledged, parseNotice, parsePosition, type TerminalSize } from "../codec/payloads";
import { MessageType, PayloadType } from "../codec/types";
import type { Clock } from "./clock";
import type { Kept } from "./keep";
import type { Outbox } from "./outbox";
import type { OutputPath } from "./outputPath";
import type { Notice } from "./state";

export interface ConversationEvents {
  /** The session is over; the text may be empty. */
  closed(text: string): void;
  /** It cannot go on. */
  failed(text: string): void;
  /** Another client has it. */
  moved(text: string): void;
  nodeAway(text: string, ends: number | undefined): void;
  nodeBack(): void;
  notice(notice: Notice): void;
  /** What was told of that kind is no longer so. */
  settled(kind: string): void;
  line(text: string): void;
  /** The server said where the streams stand; {@code gap} output messages before that place are on no screen. */
  placed(gap: number): void;
}

/** What client and node say to each other, over all connections of the session (data-channel specification, sections 3 to 6). */
export class Conversation {
  private handshake = new ClientHandshake();
  private readonly known = new Set<string>();
  private expected = 0;

  /** Whether it is known where the streams stand; only then something is sent. */
  placed = false;

  constructor(
    private readonly output: OutputPath,
    private readonly outbox: Outbox,
    private readonly size: () => TerminalSize,
    private readonly clock: Clock,
    private readonly events: ConversationEvents,
  ) {}

  /** Begins where nobody was before, or waits for the server's word where an earlier page left off. */
  begin(kept: Kept): void {
    const next = kept.output.at(-1)?.next ?? kept.picture?.next ?? 0;
    this.output.place(
      next,
      kept.output.reduce((sum, one) => sum + one.bytes.length, 0),
    );
    if (!kept.opened) {
      this.placed = true;
      this.outbox.place(0);
    }
    this.expected = next;
  }

  /** The person typed: the next time of rest is warned of again. */
  typed(): void {
    if (this.known.delete("IdleSoon")) {
      this.events.settled("IdleSoon");
    }
  }

  /** Throws MalformedMessage when a payload cannot be read; the message is left out. */
  message(message: AgentMessage): void {
    switch (message.type) {
      case MessageType.output:
        if (this.placed) {
          this.output.frame(message);
        }
        break;
      case MessageType.acknowledge:
        this.outbox.acknowledged(parseAcknowledged(message.payload));
        break;
      case MessageType.closed:
        this.output.flush();
        this.events.closed(closingText(message.payload));
        break;
      case MessageType.notice:
        this.notice(message.payload);
        break;
      case MessageType.position:
        this.position(message.payload);
        break;
      default:
      // an answer to a probe has been heard, and what is unknown is ignored
    }
  }

  shakeHands(message: AgentMessage): void {
    try {
      if (message.payloadType === PayloadType.handshakeRequest) {
        this.outbox.answer(PayloadType.handshakeResponse, this.handshake.request(message.payload));
        return;
      }
      const text = this.handshake.complete(message.payload);
      if (text !== "") {
        this.events.line(text);
      }
      // what came before was thrown away by the node (section 5.2)
      this.outbox.resize(this.size());
    } catch (e) {
      if (!(e instanceof HandshakeFailed)) {
        throw e;
      }
      this.events.failed(e.message);
    }
  }

  private position(payload: Uint8Array): void {
    if (this.placed) {
      return;
    }
    const { output, input } = parsePosition(payload);
    this.placed = true;
    if (output > 0) {
      this.handshake = ClientHandshake.answered();
    }
    if (output > this.expected) {
      this.output.place(output, 0);
    }
    this.outbox.place(input);
    this.events.placed(Math.max(0, output - this.expected));
  }

  private notice(payload: Uint8Array): void {
    const { kind, seconds, text } = parseNotice(payload);
    const ends = seconds > 0 ? this.clock.wall() + seconds * 1_000 : undefined;
    switch (kind) {
      case "NodeAway":
        this.events.nodeAway(text, ends);
        break;
      case "NodeBack":
        this.events.nodeBack();
        break;
      case "TakenOver":
        this.events.moved(text);
        break;
      default:
        // a server that makes up ever new kinds does not fill the page
        if (this.known.size < 16 && !this.known.has(kind)) {
          this.known.add(kind);
          this.events.notice({ kind, text, ...(ends !== undefined && { ends }) });
        }
    }
  }
}
