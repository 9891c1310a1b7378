import { MalformedMessage } from "./malformed";

const MOST_BYTES = 64 * 1024;
const UTF8 = new TextDecoder("utf-8", { fatal: true });
const BYTES = new TextEncoder();

/** The members of a JSON object that another end wrote; each look says what is wrong with it. */
export class Fields {
  private constructor(
    private readonly members: Record<string, unknown>,
    private readonly what: string,
  ) {}

  /** Throws {@link MalformedMessage} when it is too long or no object. */
  static parse(json: Uint8Array, what: string): Fields {
    if (json.length > MOST_BYTES) {
      throw new MalformedMessage(`${what} has more than ${MOST_BYTES} bytes`);
    }
    let value: unknown;
    try {
      value = JSON.parse(UTF8.decode(json));
    } catch {
      throw new MalformedMessage(`${what} is no JSON`);
    }
    return Fields.of(value, what);
  }

  private static of(value: unknown, what: string): Fields {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new MalformedMessage(`${what} is no JSON object`);
    }
    return new Fields(value as Record<string, unknown>, what);
  }

  text(name: string): string {
    const value = this.member(name);
    if (typeof value !== "string") {
      throw new MalformedMessage(`${name} of ${this.what} must be a text`);
    }
    return value;
  }

  /** The text, or another one where the member is absent or null. */
  textOr(name: string, other: string): string {
    return this.has(name) ? this.text(name) : other;
  }

  number(name: string, least: number, most: number): number {
    const value = this.member(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) {
      throw new MalformedMessage(`${name} of ${this.what} must be a number from ${least} to ${most}`);
    }
    return value;
  }

  object(name: string): Fields {
    return Fields.of(this.member(name), `${name} of ${this.what}`);
  }

  objects(name: string, most: number): Fields[] {
    const value = this.member(name);
    if (!Array.isArray(value) || value.length > most) {
      throw new MalformedMessage(`${name} of ${this.what} must be a list of at most ${most}`);
    }
    return value.map((one) => Fields.of(one, `${name} of ${this.what}`));
  }

  has(name: string): boolean {
    return this.member(name) !== undefined && this.member(name) !== null;
  }

  private member(name: string): unknown {
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }
}

export function toJson(value: object): Uint8Array {
  return BYTES.encode(JSON.stringify(value));
}
