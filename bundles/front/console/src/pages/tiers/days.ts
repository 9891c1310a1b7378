import type { Days } from "../../api/nodes";

const DAY = 86_400_000;

/** Spans of days that people account for, by their names in the address. */
export const PERIODS = [
  { value: "month", label: "This month" },
  { value: "last-month", label: "Last month" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
  { value: "days", label: "Days of choice" },
] as const;

export type Period = (typeof PERIODS)[number]["value"];

const day = (millis: number): string => new Date(millis).toISOString().slice(0, 10);

/** The days of a span, in UTC as they are counted; nothing for days of choice. */
export function daysOf(period: Exclude<Period, "days">, now: number): Days {
  const at = new Date(now);
  const first = (months: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1);
  switch (period) {
    case "month":
      return { from: day(first(0)), to: day(now) };
    case "last-month":
      return { from: day(first(-1)), to: day(first(0) - DAY) };
    case "7d":
      return { from: day(now - 6 * DAY), to: day(now) };
    case "30d":
      return { from: day(now - 29 * DAY), to: day(now) };
  }
}

const WRITTEN = /^\d{4}-\d{2}-\d{2}$/;

/** What the address asks for; this month when it asks for nothing that is understood. */
export function wantedOf(search: URLSearchParams, now: number): { period: Period; days: Days } {
  const from = search.get("from") ?? "";
  const to = search.get("to") ?? "";
  if (WRITTEN.test(from) && WRITTEN.test(to)) {
    return { period: "days", days: { from, to } };
  }
  const asked = search.get("period");
  const period = PERIODS.find((one) => one.value === asked)?.value ?? "month";
  return period === "days" ? { period, days: daysOf("month", now) } : { period, days: daysOf(period, now) };
}

/** Hours with two digits, as in the table that is exported but for its last two. */
export const hours = (seconds: number): string => (seconds / 3600).toFixed(2);
