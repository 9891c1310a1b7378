/** Makes ids of messages; given in, so that tests are repeatable. */
export type Ids = () => string;

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

export function isUuid(text: string): boolean {
  return FORM.test(text);
}

/** Writes an id with its halves swapped, as it stands on the wire (data-channel specification, section 3.2). */
export function writeSwapped(id: string, to: Uint8Array, offset: number): void {
  if (!isUuid(id)) {
    throw new RangeError(`not a lower-case UUID: ${id}`);
  }
  const digits = id.replaceAll("-", "");
  for (let i = 0; i < 16; i++) {
    to[offset + ((i + 8) % 16)] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
  }
}

/** The opposite of {@link writeSwapped}; sixteen bytes must be there. */
export function readSwapped(from: Uint8Array, offset: number): string {
  let digits = "";
  for (let i = 0; i < 16; i++) {
    digits += HEX[from[offset + ((i + 8) % 16)] ?? 0];
    digits += i === 3 || i === 5 || i === 7 || i === 9 ? "-" : "";
  }
  return digits;
}
