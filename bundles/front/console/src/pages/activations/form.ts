import type { NewActivation } from "../../api/calls";

/** What the person typed. */
export interface Fields {
  description: string;
  defaultName: string;
  limit: string;
  /** How long it holds, in the unit. */
  life: string;
  unit: Unit;
  role: string;
  tags: readonly { key: string; value: string }[];
  /** Ranges of addresses, one a line. */
  sources: string;
  approval: boolean;
}

export type Unit = "hours" | "days";

export const START: Fields = {
  description: "",
  defaultName: "",
  limit: "1",
  life: "1",
  unit: "days",
  role: "",
  tags: [],
  sources: "",
  approval: false,
};

/** Most nodes and most days, as Session Manager has them. */
const MOST_NODES = 1000;
const MOST_DAYS = 30;
/** Most ranges of addresses. */
const MOST_SOURCES = 20;
/** Looks like an address with or without a length; whether it is one is for the server to say. */
const RANGE = /^[0-9A-Fa-f.:]{2,45}(\/\d{1,3})?$/;
const HOURS: Record<Unit, number> = { hours: 1, days: 24 };

const within = (text: string, most: number): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;

/** What is wrong, by field; nothing when all is right. The server checks the rest. */
export function faults(fields: Fields): Partial<Record<"limit" | "life" | "tags" | "sources", string>> {
  const most = (MOST_DAYS * 24) / HOURS[fields.unit];
  const ranges = rangesOf(fields.sources);
  const odd = ranges.find((range) => !RANGE.test(range));
  const keys = fields.tags.map((tag) => tag.key.trim());
  return {
    ...(!within(fields.limit, MOST_NODES) && { limit: `A whole number from 1 to ${MOST_NODES}.` }),
    ...(!within(fields.life, most) && { life: `A whole number from 1 to ${most} ${fields.unit}: 30 days at most.` }),
    ...(keys.includes("") && { tags: "Each tag needs a key; remove what is empty." }),
    ...(new Set(keys).size < keys.length && { tags: "Each key may be there once." }),
    ...(odd !== undefined && {
      sources: `${odd} is no range of addresses; write them like 192.0.2.0/24 or 2001:db8::/32.`,
    }),
    ...(ranges.length > MOST_SOURCES && { sources: `At most ${MOST_SOURCES} ranges, here are ${ranges.length}.` }),
  };
}

export const wanted = (fields: Fields): NewActivation => ({
  description: fields.description.trim() || null,
  defaultName: fields.defaultName.trim() || null,
  limit: Number(fields.limit),
  expiresInHours: Number(fields.life) * HOURS[fields.unit],
  role: fields.role.trim() || null,
  tags: Object.fromEntries(fields.tags.map((tag) => [tag.key.trim(), tag.value.trim()])),
  sources: rangesOf(fields.sources),
  approval: fields.approval,
});

/** What stands between spaces, commas and ends of lines. */
const rangesOf = (text: string): string[] => text.split(/[\s,]+/).filter((range) => range !== "");
