// @vitest-environment node
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AgentMessage } from "../codec/message";
import { MessageType, PayloadType } from "../codec/types";
import { Seeded } from "../testing/random";
import { TestScreen } from "../testing/screen";
import { pageClock } from "./clock";
import { TerminalDatabase } from "./database";
import { type Keep, type KeptOutput, NoKeep } from "./keep";
import { OutputPath } from "./outputPath";

vi.setConfig({ testTimeout: 60_000 });

const PICTURES = { rested: 64 * 1024, inAnyCase: 1024 * 1024 };
const SIZE = { columns: 100, rows: 30 };

const message = (sequence: number, text: string): AgentMessage => ({
  type: MessageType.output,
  schemaVersion: 1,
  createdMillis: 1,
  sequence,
  flags: 0,
  id: "00000000-0000-0000-0000-000000000000",
  payloadType: PayloadType.output,
  payload: new TextEncoder().encode(text),
});

class Page {
  readonly screen = new TestScreen(SIZE);
  readonly acknowledged: number[] = [];
  readonly path: OutputPath;

  constructor(keep: Keep) {
    const never = () => expect.unreachable();
    const events = {
      acknowledge: ({ sequence }: AgentMessage) => this.acknowledged.push(sequence),
      handshake: never,
      // as soon as the next page claims it
      moved: () => undefined,
      notKept: never,
      flooded: never,
    };
    this.path = new OutputPath(this.screen, keep, () => SIZE, pageClock, events, PICTURES);
    this.path.place(0, 0);
  }
}

const turn = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

describe("the way of the output", () => {
  beforeEach(() => (globalThis.indexedDB = new IDBFactory()));

  it("keeps what comes during a transaction with the next one", async () => {
    const appended: { parts: readonly KeptOutput[]; done: () => void }[] = [];
    const keep = new NoKeep();
    keep.append = (parts?: readonly KeptOutput[]) =>
      new Promise<void>((done) => appended.push({ parts: parts ?? [], done }));
    const { path, acknowledged, screen } = new Page(keep);
    for (let n = 0; n < 4; n++) {
      path.frame(message(n, `${n}`));
      path.flush();
    }
    screen.draw();
    expect(appended.map(({ parts }) => parts.map((one) => one.first))).toEqual([[0]]);

    appended[0]?.done();
    await vi.waitFor(() => expect(appended).toHaveLength(2));
    expect(appended[1]?.parts.map((one) => one.first)).toEqual([1, 2, 3]);
    expect(acknowledged).toEqual([0]);
    appended[1]?.done();
    await vi.waitFor(() => expect(acknowledged).toEqual([0, 1, 2, 3]));
  });

  it.each([1, 2, 3, 4])("keeps what was acknowledged, once, whenever the page ends, seed %i", async (seed) => {
    const random = new Seeded(seed);
    const database = await TerminalDatabase.open();
    const keep = database.session("s-1", "alice", Date.now);
    await keep.claim();
    const { path, acknowledged, screen } = new Page(keep);
    const sent: string[] = [];
    const messages = 120 + random.below(120);
    for (let n = 0; n < messages; n++) {
      // several pictures are painted on the way
      const text = `${n} `.padEnd(1 + random.below(100_000), "x");
      sent.push(text);
      screen.stalled = random.below(3) > 0;
      path.frame(message(n, text));
      if (random.below(4) === 0) {
        screen.draw();
      }
      if (random.below(4) === 0) {
        await turn(random.below(3));
      }
    }
    screen.dead = true;
    path.end();
    const known = acknowledged.length;

    const { picture, output } = await database.session("s-1", "alice", Date.now).claim();

    expect(picture).toBeDefined();
    expect(output.every((one, at) => one.first === (output[at - 1]?.next ?? picture?.next))).toBe(true);
    const next = output.at(-1)?.next ?? picture?.next ?? 0;
    expect(next).toBeGreaterThanOrEqual(known);
    const kept = (picture?.text ?? "") + output.map(({ bytes }) => new TextDecoder().decode(bytes)).join("");
    expect(kept === sent.slice(0, next).join("")).toBe(true);
    expect(acknowledged).toEqual(Array.from({ length: acknowledged.length }, (_, at) => at));
  });
});
