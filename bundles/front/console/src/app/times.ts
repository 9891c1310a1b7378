const exact = new Intl.DateTimeFormat("en-GB", {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** A time of the API for people, in their own zone; a dash for none. */
export const time = (value: string | null): string => (value ? exact.format(new Date(value)) : "-");

/** How long ago or ahead, roughly. */
export function ago(value: string | null, now = Date.now()): string {
  if (!value) {
    return "never";
  }
  const seconds = Math.round((new Date(value).getTime() - now) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second" as const, 1];
  return relative.format(Math.trunc(seconds / size), unit);
}

/** From one time to another, or to now: `1 h 2 min`. */
export function duration(from: string, to: string | null, now = Date.now()): string {
  const end = to ? new Date(to).getTime() : now;
  const seconds = Math.max(0, Math.round((end - new Date(from).getTime()) / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
