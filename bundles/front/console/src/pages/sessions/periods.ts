const HOUR = 3_600_000;

/** Spans that people look back over, by their names in the address. */
export const PERIODS = [
  { value: "", label: "Any time" },
  { value: "2h", label: "In the last 2 hours" },
  { value: "24h", label: "In the last 24 hours" },
  { value: "7d", label: "In the last 7 days" },
  { value: "30d", label: "In the last 30 days" },
];

const HOURS: Record<string, number> = { "2h": 2, "24h": 24, "7d": 168, "30d": 720 };

/** When the span began, as the API takes it; nothing for any time. */
export function since(name: string | null, now: number): string | undefined {
  const hours = name === null ? undefined : HOURS[name];
  return hours === undefined ? undefined : new Date(now - hours * HOUR).toISOString();
}
