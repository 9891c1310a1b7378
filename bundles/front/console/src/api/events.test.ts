import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answering, problem } from "../testing/server";
import { signedIn } from "./client";
import { Changes, type Change } from "./events";

class FakeSource {
  static all: FakeSource[] = [];
  onopen?: () => void;
  onerror?: () => void;
  closed = false;
  readonly heard = new Map<string, (event: { data: string }) => void>();
  constructor(readonly url: string) {
    FakeSource.all.push(this);
  }
  addEventListener(kind: string, listener: (event: { data: string }) => void) {
    this.heard.set(kind, listener);
  }
  close() {
    this.closed = true;
  }
}

/** Locks of the browser: one holder at a time, the next when it lets go. */
class FakeLocks {
  private last: Promise<unknown> = Promise.resolve();
  request(_name: string, _options: unknown, work: () => Promise<unknown>) {
    return (this.last = this.last.then(work));
  }
}

const tabs: Changes[] = [];
const tab = () => {
  const changes = new Changes();
  tabs.push(changes);
  const heard: Change[] = [];
  changes.subscribe((change) => heard.push(change));
  return { changes, heard };
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(() => {
  FakeSource.all = [];
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator) as object, { locks: new FakeLocks() }));
});
afterEach(() => tabs.splice(0).forEach((one) => one.close()));

it("opens one stream for all tabs and tells each of them", async () => {
  const [first, second] = [tab(), tab()];
  await settled();
  expect(FakeSource.all).toHaveLength(1);
  FakeSource.all[0]?.heard.get("nodes")?.({ data: '{"ids":["mi-1"]}' });
  await settled();
  expect(first.heard).toEqual([{ kind: "nodes", ids: ["mi-1"] }]);
  expect(second.heard).toEqual(first.heard);
});

it("lets another tab take over when the one with the stream closes", async () => {
  const [first, second] = [tab(), tab()];
  await settled();
  first.changes.close();
  await settled();
  expect(FakeSource.all).toHaveLength(2);
  expect(FakeSource.all[0]?.closed).toBe(true);
  FakeSource.all[1]?.onopen?.();
  expect(second.heard).toEqual([
    { kind: "nodes", ids: [] },
    { kind: "sessions", ids: [] },
  ]);
});

it("finds out that the person was signed out when no stream opens", async () => {
  answering({ "GET /session": () => problem("signed-out", 401, "Sign in.") });
  tab();
  await settled();
  FakeSource.all[0]?.onerror?.();
  await settled();
  expect(signedIn.get()).toBeNull();
});

it("takes any event for a change of anything when it cannot be read", async () => {
  const { heard } = tab();
  await settled();
  FakeSource.all[0]?.heard.get("sessions")?.({ data: "no json" });
  expect(heard).toEqual([{ kind: "sessions", ids: [] }]);
});
