// @vitest-environment node
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { TerminalDatabase } from "./database";
import { type KeptOutput, Moved } from "./keep";

const HOUR = 3_600_000;
const size = { columns: 80, rows: 24 };
const output = (first: number, text: string, next = first + 1): [KeptOutput] => [
  { first, next, bytes: new TextEncoder().encode(text), size },
];

describe("what a browser keeps of a session", () => {
  let database: TerminalDatabase;
  let now = 0;
  const page = (id = "s-1", owner = "alice") => database.session(id, owner, () => now);

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    database = await TerminalDatabase.open();
    now = 0;
  });

  it("is there for the next page, in order, with the same client", async () => {
    const first = page();
    const begun = await first.claim();
    expect(begun).toMatchObject({ opened: false, output: [] });
    await first.append(output(0, "a", 3));
    await first.append(output(3, "b", 300));
    await first.append([...output(300, "c"), ...output(301, "d")]);

    const again = await page().claim();

    expect(again).toMatchObject({ clientId: begun.clientId, opened: true });
    expect(again.output.map((one) => [one.first, one.next])).toEqual([
      [0, 3],
      [3, 300],
      [300, 301],
      [301, 302],
    ]);
  });

  it("is of its own session alone", async () => {
    const other = page("s-10");
    await other.claim();
    await other.append(output(0, "other"));
    const mine = page();
    await mine.claim();
    await mine.append(output(0, "mine"));

    expect((await page().claim()).output).toHaveLength(1);
    expect((await page("s-10").claim()).output).toHaveLength(1);
  });

  it("is a picture and what came after it", async () => {
    const first = page();
    await first.claim();
    for (let n = 0; n < 5; n++) {
      await first.append(output(n, `${n}`));
    }
    await first.replace({ next: 3, text: "012", size });

    const again = await page().claim();

    expect(again.picture).toEqual({ next: 3, text: "012", size });
    expect(again.output.map((one) => one.first)).toEqual([3, 4]);
    expect((await page().claim()).picture).toEqual({ next: 3, text: "012", size });
  });

  it("is not changed by a page from which another one took it", async () => {
    const first = page();
    await first.claim();
    const second = page();
    await second.claim();

    await expect(first.append(output(0, "too late"))).rejects.toBeInstanceOf(Moved);
    await expect(first.replace({ next: 1, text: "", size })).rejects.toBeInstanceOf(Moved);
    expect(await first.mine()).toBe(false);
    expect(await second.mine()).toBe(true);
    expect((await page().claim()).output).toHaveLength(0);
  });

  it("goes when it is old, an hour after the end, and when another person signs in", async () => {
    await page("old").claim();
    now = 2 * HOUR;
    await page("over").claim();
    await page("over").claim();
    const over = page("over");
    await over.claim();
    await over.over();
    await page("fresh").claim();
    await page("of bob", "bob").claim();

    await database.purge("alice", 2.5 * HOUR);
    expect(await Promise.all(["old", "over", "fresh", "of bob"].map((id) => database.knows(id)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await database.purge("alice", 24.5 * HOUR);
    expect(await Promise.all(["old", "over", "fresh"].map((id) => database.knows(id)))).toEqual([false, false, true]);
  });

  it("goes as a whole at sign-out, and a page that still has it is refused", async () => {
    const first = page();
    await first.claim();
    await TerminalDatabase.forgetAll();

    await expect(first.append(output(0, "x"))).rejects.toThrow();
    database = await TerminalDatabase.open();
    expect(await database.knows("s-1")).toBe(false);
  });
});
