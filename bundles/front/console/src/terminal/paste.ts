/** Controls that keyboards do not type by pasting: an escape sequence in a copied text must not press keys. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]/g;

/** A copied text as it may be typed. */
export function typeable(text: string): string {
  return text.replace(CONTROLS, "");
}

/**
 * Whether the person should look at it first: the program did not say that it tells pasted text from typed text, so each line would be run
 * at once.
 */
export function runsAtOnce(text: string, bracketed: boolean): boolean {
  return !bracketed && /[\r\n]/.test(text);
}
