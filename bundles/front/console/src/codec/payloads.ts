import { Fields, toJson } from "./json";
import { MalformedMessage } from "./malformed";
import type { AgentMessage } from "./message";
import { MessageType, PayloadType } from "./types";
import { isUuid } from "./uuid";

const SYN_AND_FIN = 3;
const MAX_CELLS = 0xffff;
const MAX_SECONDS = 7 * 86_400;
const MAX_NOTICE = 1_000;

/** The window of a terminal, each side 1 to 65535. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export function sizePayload(size: TerminalSize): Uint8Array {
  return toJson({ cols: size.columns, rows: size.rows });
}

export function parseSize(json: Uint8Array): TerminalSize {
  const fields = Fields.parse(json, "terminal size");
  return { columns: fields.number("cols", 1, MAX_CELLS), rows: fields.number("rows", 1, MAX_CELLS) };
}

/** The acknowledgement of a message (data-channel specification, section 3.7). */
export function acknowledgement(received: AgentMessage, id: string, now: number): AgentMessage {
  const payload = toJson({
    AcknowledgedMessageType: received.type,
    AcknowledgedMessageId: received.id,
    AcknowledgedMessageSequenceNumber: received.sequence,
    IsSequentialMessage: true,
  });
  return whole(MessageType.acknowledge, SYN_AND_FIN, payload, id, now);
}

/** Number of the message that an acknowledgement is for. */
export function parseAcknowledged(json: Uint8Array): number {
  const fields = Fields.parse(json, MessageType.acknowledge);
  fields.text("AcknowledgedMessageType");
  if (!isUuid(fields.text("AcknowledgedMessageId"))) {
    throw new MalformedMessage("AcknowledgedMessageId must be a UUID");
  }
  return fields.number("AcknowledgedMessageSequenceNumber", 0, Number.MAX_SAFE_INTEGER);
}

/** What the server says when it ends the session; empty for an ordinary end, and for what cannot be read: it is over all the same. */
export function closingText(json: Uint8Array): string {
  try {
    return Fields.parse(json, MessageType.closed).textOr("Output", "");
  } catch (e) {
    if (e instanceof MalformedMessage) {
      return "";
    }
    throw e;
  }
}

/** The server tells the person something about a session that goes on. Ours alone, not acknowledged. */
export interface SessionNotice {
  /** {@code NodeAway}, {@code NodeBack}, {@code IdleSoon}, {@code DurationSoon}, {@code TakenOver}; others are shown as well. */
  readonly kind: string;
  /** Until the session ends if nothing happens; 0 when nothing ends. */
  readonly seconds: number;
  /** For the person, plain text. */
  readonly text: string;
}

export function parseNotice(json: Uint8Array): SessionNotice {
  const fields = Fields.parse(json, MessageType.notice);
  const text = fields.text("Text");
  if (text.length > MAX_NOTICE) {
    throw new MalformedMessage(`Text of session_notice has more than ${MAX_NOTICE} characters`);
  }
  return { kind: fields.text("Kind"), seconds: fields.number("Seconds", 0, MAX_SECONDS), text };
}

/** Where the streams of a session stand that an earlier page or client had. Ours alone, not acknowledged. */
export interface SessionPosition {
  /** First output that was not acknowledged. */
  readonly output: number;
  /** First input that was not sent. */
  readonly input: number;
}

export function parsePosition(json: Uint8Array): SessionPosition {
  const fields = Fields.parse(json, MessageType.position);
  return {
    output: fields.number("Output", 0, Number.MAX_SAFE_INTEGER),
    input: fields.number("Input", 0, Number.MAX_SAFE_INTEGER),
  };
}

/** The exit code of a command without a terminal; its text is for people and ends with the number (section 4). */
export function parseExitCode(payload: Uint8Array): number {
  const found = /^\s{0,8}EXIT_CODE: (-?[0-9]{1,10})\s{0,8}$/.exec(String.fromCharCode(...payload.subarray(0, 65)));
  if (!found || payload.length > 64) {
    throw new MalformedMessage("an exit code must look like EXIT_CODE: 0");
  }
  return Number(found[1]);
}

/** Asks the server whether it is there: it answers with the same message. Browsers' web-sockets cannot ping. */
export function probe(id: string, now: number): AgentMessage {
  return whole(MessageType.probe, 0, new Uint8Array(), id, now);
}

function whole(type: string, flags: number, payload: Uint8Array, id: string, now: number): AgentMessage {
  return { type, schemaVersion: 1, createdMillis: now, sequence: 0, flags, id, payloadType: PayloadType.none, payload };
}
