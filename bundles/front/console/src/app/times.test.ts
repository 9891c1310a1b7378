// @vitest-environment node
import { expect, it } from "vitest";
import { ago, duration, time } from "./times";

const at = (text: string) => new Date(text).getTime();

it("tells how long a session lasted", () => {
  expect(duration("2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z")).toBe("9 s");
  expect(duration("2026-01-01T00:00:00Z", "2026-01-01T00:02:09Z")).toBe("2 min 9 s");
  expect(duration("2026-01-01T00:00:00Z", "2026-01-01T05:02:09Z")).toBe("5 h 2 min");
  expect(duration("2026-01-01T00:00:00Z", "2026-01-03T05:00:00Z")).toBe("2 d 5 h");
  expect(duration("2026-01-01T00:01:00Z", null, at("2026-01-01T00:00:00Z"))).toBe("0 s");
});

it("tells roughly when", () => {
  const now = at("2026-01-02T00:00:00Z");
  expect(ago("2026-01-01T23:59:20Z", now)).toBe("40 seconds ago");
  expect(ago("2026-01-01T22:30:00Z", now)).toBe("1 hour ago");
  expect(ago("2026-01-03T06:00:00Z", now)).toBe("tomorrow");
  expect(ago(null, now)).toBe("never");
  expect(time(null)).toBe("-");
});
