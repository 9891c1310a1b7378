// @vitest-environment node
import { describe, expect, it } from "vitest";
import { recordedFrames, recordingNames } from "../testing/recordings";
import { ClientHandshake, HandshakeFailed } from "./handshake";
import { toJson } from "./json";
import { MalformedMessage } from "./malformed";
import { decode } from "./message";
import { openingText } from "./opening";
import {
  acknowledgement,
  closingText,
  parseAcknowledged,
  parseExitCode,
  parseNotice,
  parsePosition,
  parseSize,
  sizePayload,
} from "./payloads";
import { MessageType, PayloadType } from "./types";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
const all = recordingNames().flatMap((name) => recordedFrames(name, "ws-binary").map((frame) => decode(frame.bytes)));

describe("recorded payloads", () => {
  it("of sizes are written again as they were", () => {
    const sizes = all.filter(
      (message) => message.type === MessageType.input && message.payloadType === PayloadType.size,
    );
    for (const { payload } of sizes) {
      expect(text(sizePayload(parseSize(payload)))).toBe(text(payload));
    }
    expect(sizes).not.toHaveLength(0);
  });

  it("of acknowledgements are what we would have written", () => {
    const recorded = all.filter((message) => message.type === MessageType.acknowledge);
    for (const one of recorded) {
      const meant = JSON.parse(text(one.payload)) as Record<string, string>;
      const received = all.find((message) => message.id === meant["AcknowledgedMessageId"]);
      if (received) {
        expect(JSON.parse(text(acknowledgement(received, one.id, 1).payload))).toEqual(meant);
        expect(parseAcknowledged(one.payload)).toBe(received.sequence);
      }
    }
    expect(recorded).not.toHaveLength(0);
  });

  it("of handshakes are answered as the real client answered them", () => {
    const recorded = recordedFrames("noninteractive.jsonl", "ws-binary").map((frame) => decode(frame.bytes));
    const payload = (type: number) => recorded.find((one) => one.payloadType === type)?.payload ?? bytes("");
    const handshake = new ClientHandshake();

    const answer = handshake.request(payload(PayloadType.handshakeRequest));

    expect(JSON.parse(text(answer))).toEqual(JSON.parse(text(payload(PayloadType.handshakeResponse))));
    expect(handshake.complete(payload(PayloadType.handshakeComplete))).toBe("");
  });

  it("of closings end the session with their text", () => {
    const closed = all.filter((message) => message.type === MessageType.closed);
    for (const { payload } of closed) {
      expect(closingText(payload)).toBe((JSON.parse(text(payload)) as { Output?: string }).Output ?? "");
    }
    expect(closed).not.toHaveLength(0);
    expect(closingText(bytes("no json"))).toBe("");
  });

  it("of openings have the members that ours has", () => {
    for (const frame of recordedFrames("shell.jsonl", "ws-text").filter((one) => one.peer !== "node")) {
      const recorded = JSON.parse(text(frame.bytes)) as Record<string, unknown>;
      const ours = JSON.parse(openingText({ requestId: "r", token: "t", clientId: "c" })) as Record<string, unknown>;
      expect(Object.keys(ours)).toEqual([...Object.keys(recorded), "ClientNotices"]);
    }
  });
});

describe("a handshake", () => {
  const request = (...actions: object[]) => toJson({ AgentVersion: "3.3.0.0", RequestedClientActions: actions });
  const shell = { ActionType: "SessionType", ActionParameters: { SessionType: "Standard_Stream", Properties: null } };

  it("refuses what this client cannot do, and says so", () => {
    const answer = JSON.parse(
      text(new ClientHandshake().request(request(shell, { ActionType: "KMSEncryption", ActionParameters: {} }))),
    ) as { ProcessedClientActions: { ActionStatus: number }[]; Errors: string[] };

    expect(answer.ProcessedClientActions.map((one) => one.ActionStatus)).toEqual([1, 3]);
    expect(answer.Errors).toEqual(["Unsupported action KMSEncryption"]);
  });

  it("does not begin a port session, nor one without a request", () => {
    const port = new ClientHandshake();
    port.request(request({ ActionType: "SessionType", ActionParameters: { SessionType: "Port" } }));

    expect(() => port.complete(toJson({}))).toThrow(HandshakeFailed);
    expect(() => new ClientHandshake().complete(toJson({}))).toThrow("out of turn");
  });

  it.each([
    bytes("{"),
    toJson([]),
    toJson({ AgentVersion: 1 }),
    request(shell, shell),
    request(...Array(17).fill(shell)),
  ])("that cannot be read fails", (payload) => {
    expect(() => new ClientHandshake().request(payload)).toThrow(HandshakeFailed);
  });
});

describe("our own messages", () => {
  it("are read within their bounds", () => {
    expect(parseNotice(toJson({ SchemaVersion: 1, Kind: "IdleSoon", Seconds: 60, Text: "soon" }))).toEqual({
      kind: "IdleSoon",
      seconds: 60,
      text: "soon",
    });
    expect(parsePosition(toJson({ SchemaVersion: 1, Output: 4, Input: 9 }))).toEqual({ output: 4, input: 9 });
    expect(parseExitCode(bytes("EXIT_CODE: 3\n"))).toBe(3);
  });

  it.each([
    () => parseNotice(toJson({ Kind: "x", Seconds: -1, Text: "" })),
    () => parseNotice(toJson({ Kind: "x", Seconds: 1, Text: "y".repeat(1001) })),
    () => parsePosition(toJson({ Output: -1, Input: 0 })),
    () => parsePosition(toJson({ Output: 1.5, Input: 0 })),
    () => parseSize(toJson({ cols: 0, rows: 1 })),
    () => parseSize(toJson({ cols: 65_536, rows: 1 })),
    () => parseExitCode(bytes("EXIT_CODE: x")),
    () => parseAcknowledged(toJson({ AcknowledgedMessageType: "x", AcknowledgedMessageId: "x" })),
    () => parseNotice(bytes('{"a":"' + "x".repeat(70_000) + '"}')),
    () => parseSize(bytes('{"__proto__":{"cols":1,"rows":1}}')),
  ])("that are out of bounds are refused", (parse) => {
    expect(parse).toThrow(MalformedMessage);
  });
});
