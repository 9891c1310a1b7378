import type { NewActivation } from "../../api/calls";

/** What the person typed. */
export interface Fields {
  description: string;
  defaultName: string;
  limit: string;
  days: string;
  role: string;
  tags: readonly { key: string; value: string }[];
}

export const START: Fields = { description: "", defaultName: "", limit: "1", days: "1", role: "", tags: [] };

/** Most nodes and most days, as Session Manager has them. */
const MOST_NODES = 1000;
const MOST_DAYS = 30;

const within = (text: string, most: number): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;

/** What is wrong, by field; nothing when all is right. The server checks the rest. */
export function faults(fields: Fields): Partial<Record<"limit" | "days" | "tags", string>> {
  const keys = fields.tags.map((tag) => tag.key.trim());
  return {
    ...(!within(fields.limit, MOST_NODES) && { limit: `A whole number from 1 to ${MOST_NODES}.` }),
    ...(!within(fields.days, MOST_DAYS) && { days: `A whole number from 1 to ${MOST_DAYS}.` }),
    ...(keys.includes("") && { tags: "Each tag needs a key; remove what is empty." }),
    ...(new Set(keys).size < keys.length && { tags: "Each key may be there once." }),
  };
}

export const wanted = (fields: Fields): NewActivation => ({
  description: fields.description.trim() || null,
  defaultName: fields.defaultName.trim() || null,
  limit: Number(fields.limit),
  expiresInHours: Number(fields.days) * 24,
  role: fields.role.trim() || null,
  tags: Object.fromEntries(fields.tags.map((tag) => [tag.key.trim(), tag.value.trim()])),
});
