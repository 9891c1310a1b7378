// @vitest-environment node
import { expect, it } from "vitest";
import { daysOf, hours, wantedOf } from "./days";
import { endingText, hybrid } from "./ending";

const now = Date.parse("2026-03-01T00:30:00Z");
const wanted = (text: string) => wantedOf(new URLSearchParams(text), now);

it("counts days as they are counted, in UTC", () => {
  expect(daysOf("month", now)).toEqual({ from: "2026-03-01", to: "2026-03-01" });
  expect(daysOf("last-month", now)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(daysOf("last-month", Date.parse("2026-01-31T23:59:59Z"))).toEqual({ from: "2025-12-01", to: "2025-12-31" });
  expect(daysOf("7d", now)).toEqual({ from: "2026-02-23", to: "2026-03-01" });
  expect(daysOf("30d", now)).toEqual({ from: "2026-01-31", to: "2026-03-01" });
});

it("takes what the address says, and this month for what it does not understand", () => {
  expect(wanted("from=2026-01-02&to=2026-01-03")).toEqual({
    period: "days",
    days: { from: "2026-01-02", to: "2026-01-03" },
  });
  expect(wanted("period=last-month").days.from).toBe("2026-02-01");
  for (const text of ["", "period=ever", "from=yesterday&to=2026-01-01", "from=2026-01-01"]) {
    expect(wanted(text)).toEqual({ period: "month", days: { from: "2026-03-01", to: "2026-03-01" } });
  }
});

it("shows hours with two digits", () => {
  expect(hours(0)).toBe("0.00");
  expect(hours(5400)).toBe("1.50");
  expect(hours(36_000_001)).toBe("10000.00");
});

it("says what ends with the advanced tier", () => {
  expect(hybrid([{ target: "mi-1" }, { target: "i-1" }, { target: "mi-2" }])).toBe(2);
  expect(endingText(2, false)).toBe("2 active sessions to hybrid nodes end");
  expect(endingText(1, false)).toContain("One active session");
  expect(endingText(0, false)).toContain("No session");
  expect(endingText(0, true)).toContain("0 or more");
  expect(endingText(undefined, true)).toBe("Active sessions to hybrid nodes end");
});
