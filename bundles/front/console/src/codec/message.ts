import { sha256 } from "@noble/hashes/sha2.js";
import { MalformedMessage } from "./malformed";
import { readSwapped, writeSwapped } from "./uuid";

/** One binary message of a data channel (data-channel specification, section 3.1). Nobody changes the payload. */
export interface AgentMessage {
  /** 1 to 32 printable ASCII characters without blanks. */
  readonly type: string;
  readonly schemaVersion: number;
  /** Milliseconds since 1970, never 0. */
  readonly createdMillis: number;
  /** Place in its direction; 0 for everything but stream data. */
  readonly sequence: number;
  /** Bit 0 SYN, bit 1 FIN. */
  readonly flags: number;
  /** Lower-case UUID. */
  readonly id: string;
  readonly payloadType: number;
  readonly payload: Uint8Array;
}

/** Value of the header length field: offset of the payload length. */
export const HEADER_LENGTH = 116;

/** Bytes before the payload. */
export const PAYLOAD_OFFSET = HEADER_LENGTH + 4;

const TYPE_OFFSET = 4;
const TYPE_LENGTH = 32;
const DIGEST_OFFSET = 80;
const BLANK = 0x20;

/** The message as it stands on the wire. Throws a RangeError for what every reader would drop. */
export function encode(message: AgentMessage): Uint8Array<ArrayBuffer> {
  if (!/^[\x21-\x7e]{1,32}$/.test(message.type)) {
    throw new RangeError(`message type must have 1 to 32 printable ASCII characters: ${message.type}`);
  }
  if (message.createdMillis === 0) {
    throw new RangeError("created date must not be 0, every reader drops such a message");
  }
  const bytes = new Uint8Array(PAYLOAD_OFFSET + message.payload.length);
  const out = new DataView(bytes.buffer);
  out.setUint32(0, HEADER_LENGTH);
  for (let i = 0; i < TYPE_LENGTH; i++) {
    bytes[TYPE_OFFSET + i] = i < message.type.length ? message.type.charCodeAt(i) : BLANK;
  }
  out.setUint32(36, message.schemaVersion);
  writeLong(out, 40, message.createdMillis);
  writeLong(out, 48, message.sequence);
  writeLong(out, 56, message.flags);
  writeSwapped(message.id, bytes, 64);
  bytes.set(sha256(message.payload), DIGEST_OFFSET);
  out.setUint32(112, message.payloadType);
  out.setUint32(HEADER_LENGTH, message.payload.length);
  bytes.set(message.payload, PAYLOAD_OFFSET);
  return bytes;
}

/** Reads a whole message, bounds first; the payload is a view of the frame. Throws {@link MalformedMessage}. */
export function decode(frame: Uint8Array): AgentMessage {
  if (frame.length < PAYLOAD_OFFSET) {
    throw new MalformedMessage(`a message has at least ${PAYLOAD_OFFSET} bytes, this one ${frame.length}`);
  }
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const headerLength = view.getUint32(0);
  if (headerLength !== HEADER_LENGTH) {
    throw new MalformedMessage(`header length must be ${HEADER_LENGTH}, was ${headerLength}`);
  }
  const type = readType(frame);
  const createdMillis = readLong(view, 40, "created date");
  if (createdMillis === 0) {
    throw new MalformedMessage("created date must not be 0");
  }
  const payload = frame.subarray(PAYLOAD_OFFSET);
  if (payload.length > 0 && !sameBytes(frame.subarray(DIGEST_OFFSET, DIGEST_OFFSET + 32), sha256(payload))) {
    throw new MalformedMessage("payload digest does not match the payload");
  }
  return {
    type,
    schemaVersion: view.getUint32(36),
    createdMillis,
    sequence: readLong(view, 48, "sequence number"),
    flags: readLong(view, 56, "flags"),
    id: readSwapped(frame, 64),
    payloadType: view.getUint32(112),
    payload,
  };
}

function readType(frame: Uint8Array): string {
  let text = "";
  for (let i = TYPE_OFFSET; i < TYPE_OFFSET + TYPE_LENGTH; i++) {
    const byte = frame[i] ?? 0;
    if (byte > 0x7e || (byte < BLANK && byte !== 0)) {
      throw new MalformedMessage(`message type holds byte 0x${byte.toString(16).padStart(2, "0")}`);
    }
    text += byte === 0 ? " " : String.fromCharCode(byte);
  }
  const type = text.trim();
  if (type === "" || type.includes(" ")) {
    throw new MalformedMessage("message type must be one word");
  }
  return type;
}

/** Numbers beyond 2^53 have no place in a session: at a million messages a second it would take 285 years to count so far. */
function readLong(view: DataView, offset: number, what: string): number {
  const value = view.getInt32(offset) * 0x1_0000_0000 + view.getUint32(offset + 4);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new MalformedMessage(`${what} is out of bounds`);
  }
  return value;
}

function writeLong(view: DataView, offset: number, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${value} is no number of a message`);
  }
  view.setUint32(offset, Math.floor(value / 0x1_0000_0000));
  view.setUint32(offset + 4, value % 0x1_0000_0000);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
