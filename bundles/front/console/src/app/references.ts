/** A reference as refusals end with, found in any text; nothing when there is none. */
export const referenceIn = (text: string): string | undefined => /\b[A-Z2-7]{20}\b/.exec(text)?.[0];

/** Where it is said why, for a refusal that has a reference. */
export function whyHref(text: string): string | undefined {
  const reference = /\(reference ([A-Z2-7]{20})\)/.exec(text)?.[1];
  return reference && `/console/access/denials?reference=${reference}`;
}
