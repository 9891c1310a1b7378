// @vitest-environment node
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Seeded } from "../testing/random";
import { FakeRelay } from "../testing/relay";
import { TestScreen } from "../testing/screen";
import { TerminalDatabase } from "./database";
import { type Resumed, TerminalSession } from "./session";
import type { ChannelState, Notice } from "./state";

// far above what is needed: a machine that builds is slow
vi.setConfig({ testTimeout: 60_000 });

const SIZE = { columns: 100, rows: 30 };

/** A page of a browser, with its terminal. */
class Page {
  readonly screen = new TestScreen(SIZE);
  readonly states: ChannelState[] = [];
  readonly notices: Notice[] = [];
  readonly settled: string[] = [];
  session!: TerminalSession;

  static async load(relay: FakeRelay, id = "s-1"): Promise<Page> {
    const page = new Page();
    const database = await TerminalDatabase.open();
    const keep = database.session(id, "alice", Date.now);
    page.session = new TerminalSession(page.screen, keep, SIZE, () => relay.resume(), {
      state: (state) => page.states.push(state),
      trouble: () => undefined,
      notice: (notice) => page.notices.push(notice),
      settled: (kind) => page.settled.push(kind),
    });
    await page.session.begin();
    return page;
  }

  type(text: string): void {
    this.session.type(new TextEncoder().encode(text));
  }

  /** The page is gone, as with a reload: nothing of it runs any more. */
  kill(relay: FakeRelay): void {
    this.screen.dead = true;
    this.session.end();
    relay.drop();
  }

  get last(): ChannelState | undefined {
    return this.states.at(-1);
  }
}

/** A browser that was short of room. */
async function forgetOutput(): Promise<void> {
  const opening = indexedDB.open("sallyport-terminals", 1);
  const database = await new Promise<IDBDatabase>((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const transaction = database.transaction("output", "readwrite");
  transaction.objectStore("output").clear();
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

const until = (what: () => void) => vi.waitFor(what, { timeout: 30_000, interval: 5 });

describe("a terminal's session", () => {
  let relay: FakeRelay;
  const pages: Page[] = [];
  const load = async () => {
    const page = await Page.load(relay);
    pages.push(page);
    await until(() => expect(page.last?.kind).toMatch(/connected|ended/));
    await until(() => expect(relay.current()).toBe(true));
    return page;
  };

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    relay = new FakeRelay();
    vi.stubGlobal("WebSocket", relay.WebSocket);
  });

  afterEach(() => {
    pages.splice(0).forEach((page) => page.session.end());
    vi.unstubAllGlobals();
  });

  it("opens with the token, tells its size first, and then what was typed", async () => {
    const page = await load();
    page.type("ls\r");

    await until(() => expect(relay.typed()).toBe("ls\r"));
    expect(relay.openings[0]).toMatchObject({ TokenValue: "token-1", ClientNotices: true });
    expect(relay.openings[0]).not.toHaveProperty("TakesOver");
    expect(relay.input[0]).toEqual({ cols: 100, rows: 30 });
    expect(page.last).toEqual({ kind: "connected" });
  });

  it("acknowledges nothing before it is drawn and kept", async () => {
    const page = await load();
    page.screen.stalled = true;
    relay.output("hello");
    await until(() => expect(page.screen.waiting()).toBe(1));
    expect(relay.acknowledged()).toBe(0);

    page.screen.draw();

    await until(() => expect(relay.acknowledged()).toBe(1));
    expect(page.screen.text()).toBe("hello");
  });

  it("acknowledges as a hidden page what is kept and not drawn", async () => {
    const page = await load();
    page.session.hide(true);
    page.screen.stalled = true;
    relay.output("hello");

    await until(() => expect(relay.acknowledged()).toBe(1));
  });

  it("goes on in a page that is loaded again, with what the first one showed", async () => {
    const first = await load();
    relay.output("one ");
    first.type("a");
    await until(() => expect(relay.acknowledged()).toBe(1));
    first.kill(relay);
    relay.output("two ");

    const second = await load();
    relay.output("three");
    second.type("b");

    await until(() => expect(second.screen.text()).toBe("one two three"));
    await until(() => expect(relay.typed()).toBe("ab"));
    expect(relay.openings[1]).toMatchObject({
      ClientId: relay.openings[0]?.["ClientId"],
      TakesOver: relay.openings[0]?.["ClientId"],
    });
  });

  it("tells its true size before what is typed, after it had a program paint anew", async () => {
    const first = await load();
    relay.output("one ");
    await until(() => expect(relay.acknowledged()).toBe(1));
    first.kill(relay);
    await forgetOutput();

    const second = await load();
    await until(() => expect(relay.input).toContainEqual({ cols: 100, rows: 29 }));
    second.type("stty size");

    await until(() => expect(relay.typed()).toBe("stty size"));
    expect(relay.input.at(-1)).toEqual({ cols: 100, rows: 30 });
    expect(second.notices.map((notice) => notice.kind)).toContain("Gap");
  });

  it.each([1, 2, 3, 4, 5])("loses and doubles nothing, whatever is cut or loaded again, seed %i", async (seed) => {
    const random = new Seeded(seed);
    let page = await load();
    let sent = "";
    let typed = "";
    for (let step = 0; step < 80; step++) {
      switch (random.below(9)) {
        case 0:
          relay.drop();
          break;
        case 1:
          // what a page that is gone had not sent is lost with it, so it is waited for
          await until(() => expect(relay.typed()).toBe(typed));
          page.kill(relay);
          page = await load();
          break;
        case 2:
          page.type(`k${step} `);
          typed += `k${step} `;
          break;
        case 3:
          await new Promise((resolve) => setTimeout(resolve, random.below(20)));
          break;
        case 4:
          relay.forgetUnwritten();
          break;
        case 5:
          relay.repeat(random.below(5));
          break;
        default: {
          const text = `o${step} `.repeat(1 + random.below(30));
          relay.output(text);
          sent += text;
        }
      }
    }

    await until(() => expect(page.screen.text()).toBe(sent));
    await until(() => expect(relay.typed()).toBe(typed));
    await until(() => expect(relay.acknowledged()).toBe(relay.sent()));
  });

  it("says why it ended, and asks the history when the server only said that", async () => {
    const page = await load();
    relay.output("bye");
    relay.over = "The program on the node ended.";
    relay.close("");

    await until(() =>
      expect(page.last).toEqual({ kind: "ended", how: "over", text: "The program on the node ended." }),
    );
    await until(() => expect(page.screen.text()).toBe("bye"));
  });

  it("is refused, and not over, when another client has it", async () => {
    relay.refusal = "Session s-1 belongs to another client: it goes on in another terminal.";
    const page = await Page.load(relay);
    pages.push(page);

    await until(() => expect(page.last).toMatchObject({ kind: "ended", how: "refused" }));
  });

  it("ends in a page when another page of the browser takes it", async () => {
    const first = await load();
    relay.output("one");
    await until(() => expect(relay.acknowledged()).toBe(1));

    const second = await load();

    await until(() => expect(first.last).toMatchObject({ kind: "ended", how: "moved" }));
    expect(second.last).toEqual({ kind: "connected" });
    expect(second.screen.text()).toBe("one");
  });

  it("tells when it tries again, that somebody has to sign in, and goes on", async () => {
    const page = await load();
    const answers: Resumed[] = [
      { kind: "away", text: "nobody answers" },
      { kind: "signed-out", text: "sign in" },
    ];
    relay.answers = answers;
    relay.drop();

    await until(() => expect(relay.answers).toHaveLength(0));
    await until(() => expect(page.last).toEqual({ kind: "connected" }));
    const told = page.states.filter((state) => state.kind === "reconnecting");
    expect(told.some((state) => state.cause === "nobody answers" && state.nextTry !== undefined)).toBe(true);
    expect(told.some((state) => state.signedOut)).toBe(true);
    expect(new Set(told.map((state) => state.since)).size).toBe(1);
  });

  it("finds a dead connection by asking, and takes it up anew", async () => {
    const page = await load();
    relay.silent = true;
    page.session.hurry();

    await until(() => expect(relay.openings).toHaveLength(2));
    expect(page.states.some((state) => state.kind === "reconnecting" && /does not answer/.test(state.cause))).toBe(
      true,
    );
  });

  it("shows a notice once, and with when it ends", async () => {
    const page = await load();
    relay.notice("IdleSoon", 60, "Type something.");
    relay.notice("IdleSoon", 30, "Type something.");
    await until(() => expect(page.notices).toHaveLength(1));
    expect(page.notices[0]).toMatchObject({ kind: "IdleSoon", text: "Type something." });
    expect(page.settled).toEqual([]);
    page.type("x");
    page.type("y");
    expect(page.settled).toEqual(["IdleSoon"]);
    relay.notice("IdleSoon", 60, "Type something.");
    await until(() => expect(page.notices).toHaveLength(2));
  });

  it("leaves out what cannot be read, says so once, and goes on", async () => {
    const page = await load();
    relay.raw(new Uint8Array(200));
    relay.raw(new Uint8Array(3));
    relay.output("fine");

    await until(() => expect(page.screen.text()).toBe("fine"));
    expect(page.notices.filter((notice) => notice.kind === "Malformed")).toHaveLength(1);
  });
});
