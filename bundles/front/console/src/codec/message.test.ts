// @vitest-environment node
import { describe, expect, it } from "vitest";
import { Seeded } from "../testing/random";
import { recordedFrames, recordingNames } from "../testing/recordings";
import { MalformedMessage } from "./malformed";
import { type AgentMessage, decode, encode, PAYLOAD_OFFSET } from "./message";
import { MessageType, PayloadType } from "./types";

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));

/** The vector of the data-channel specification, section 3.3. */
const FRAME = hex(
  "00000074 6f75747075745f73747265616d5f64617461 2020202020202020202020202020 00000001" +
    "0000018bcfe56800 0000000000000007 0000000000000000 8899aabbccddeeff0011223344556677" +
    "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4 00000001 00000002 6869",
);
const MESSAGE: AgentMessage = {
  type: MessageType.output,
  schemaVersion: 1,
  createdMillis: 1_700_000_000_000,
  sequence: 7,
  flags: 0,
  id: "00112233-4455-6677-8899-aabbccddeeff",
  payloadType: PayloadType.output,
  payload: new TextEncoder().encode("hi"),
};

describe("a message", () => {
  it("is encoded and decoded as the specification's vector", () => {
    expect(encode(MESSAGE)).toEqual(FRAME);
    expect({ ...decode(FRAME), payload: [...decode(FRAME).payload] }).toEqual({ ...MESSAGE, payload: [0x68, 0x69] });
  });

  it("is read from the middle of a buffer", () => {
    const buffer = new Uint8Array(FRAME.length + 20);
    buffer.set(FRAME, 9);

    expect(decode(buffer.subarray(9, 9 + FRAME.length)).id).toBe(MESSAGE.id);
  });

  it.each([
    [0, "00000075", "header length"],
    [0, "ffffffff", "header length"],
    [4, "00".repeat(32), "one word"],
    [10, "20", "one word"],
    [4, "0a", "byte 0x0a"],
    [4, "ff", "byte 0xff"],
    [40, "0000000000000000", "created date"],
    [48, "ffffffffffffffff", "sequence number"],
    [48, "0020000000000000", "sequence number"],
    [80, "00", "digest"],
  ])("with a wrong field at %i is refused by its name", (offset, change, text) => {
    const frame = FRAME.slice();
    frame.set(hex(change), offset);

    expect(() => decode(frame)).toThrow(MalformedMessage);
    expect(() => decode(frame)).toThrow(text);
  });

  it("that was cut anywhere is refused", () => {
    for (let length = 0; length < FRAME.length; length++) {
      if (length !== PAYLOAD_OFFSET) {
        expect(() => decode(FRAME.subarray(0, length))).toThrow(MalformedMessage);
      }
    }
  });

  it("may be padded with NUL", () => {
    const frame = FRAME.map((byte, i) => (i >= 4 && i < 36 && byte === 0x20 ? 0 : byte));

    expect(decode(frame).type).toBe(MessageType.output);
  });

  it.each([
    ["", 1],
    ["two words", 1],
    ["abcdefghijklmnopqrstuvwxyz0123456", 1],
    ["acknowledg\u00e9", 1],
    ["x", 0],
  ])("that every reader drops is not encoded: '%s', %i", (type, createdMillis) => {
    expect(() => encode({ ...MESSAGE, type, createdMillis })).toThrow(RangeError);
  });

  it("that was mutated is decoded or refused, and nothing else", () => {
    const random = new Seeded(20);
    let decoded = 0;
    for (let round = 0; round < 20_000; round++) {
      const frame = new Uint8Array(random.below(FRAME.length * 2));
      frame.set(FRAME.subarray(0, frame.length));
      for (let i = random.below(6); i > 0 && frame.length > 0; i--) {
        frame[random.below(frame.length)] = random.below(256);
      }
      try {
        decoded += encode(decode(frame)).length === frame.length ? 1 : 20_000;
      } catch (e) {
        if (!(e instanceof MalformedMessage)) {
          throw e;
        }
      }
    }
    expect(decoded).toBeGreaterThan(0);
    expect(decoded).toBeLessThan(20_000);
  });
});

describe.each(recordingNames().filter((name) => recordedFrames(name, "ws-binary").length > 0))(
  "the recorded frames of %s",
  (name) => {
    it("are decoded, and encoded to the same bytes", () => {
      const frames = recordedFrames(name, "ws-binary");
      for (const { bytes, msg } of frames) {
        const message = decode(bytes);

        expect(message).toMatchObject({
          type: msg?.type,
          sequence: msg?.seq,
          flags: msg?.flags,
          payloadType: msg?.payloadType,
          id: msg?.id,
        });
        expect(message.payload).toHaveLength(msg?.len ?? -1);
        expect(encode(message)).toEqual(bytes);
      }
    });

    it("do not match their digest when the payload is changed", () => {
      for (const { bytes } of recordedFrames(name, "ws-binary")) {
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;

        expect(() => decode(bytes)).toThrow("digest");
      }
    });
  },
);
