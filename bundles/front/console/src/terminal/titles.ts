const LONGEST = 80;

/** Controls, and characters that change the direction or hide: a title is shown beside the console's own words. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** A title that a program on the node set, as plain short text; it may still claim anything. */
export function plainTitle(title: string): string {
  const plain = title.replace(HIDDEN, " ").replace(/\s+/g, " ").trim();
  const characters = [...plain];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : plain;
}
