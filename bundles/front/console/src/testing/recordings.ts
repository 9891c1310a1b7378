import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One frame that a real program sent, and what the recorder made of it. */
export interface RecordedFrame {
  readonly kind: string;
  readonly peer: string;
  readonly dir: string;
  readonly bytes: Uint8Array;
  readonly msg?: {
    readonly type: string;
    readonly seq: number;
    readonly flags: number;
    readonly payloadType: number;
    readonly len: number;
    readonly id: string;
  };
}

/** The files are those of the Java codec's tests. */
const FOLDER = fileURLToPath(new URL("../../../../protocol/src/test/resources/recordings/", import.meta.url));

export function recordingNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".jsonl"))
    .sort();
}

export function recordedFrames(name: string, kind: "ws-binary" | "ws-text"): RecordedFrame[] {
  return readFileSync(FOLDER + name, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { kind: string; b64: string })
    .filter((event) => event.kind === kind)
    .map((event) => ({
      ...(event as object as RecordedFrame),
      bytes: new Uint8Array(Buffer.from(event.b64, "base64")),
    }));
}
