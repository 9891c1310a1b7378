/** Where the output stands between two bytes. */
type State = "ground" | "escape" | "csi" | "string" | "string-escape" | "utf8";

const ESC = 0x1b;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;

/** Longest parameters of a sequence that are looked at. */
const MOST_PARAMETERS = 64;

/** Private modes that a terminal has and its serializer does not write. */
const MODES = [25, 1005, 1006, 1015, 1016];

/** Modes that are on in a new terminal. */
const USUALLY_ON = new Set([25]);

/**
 * Follows the output byte by byte, without drawing: whether it stopped in the middle of a character or sequence, and what of the terminal's
 * state a serialized picture would lose.
 */
export class OutputScanner {
  private state: State = "ground";
  private missing = 0;
  private parameters = "";
  private readonly modes = new Map<number, boolean>();
  private margins = "";

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.state !== "ground" || byte === ESC || byte >= 0xc0) {
        this.byte(byte);
      }
    }
  }

  /** Whether nothing is half done. */
  atRest(): boolean {
    return this.state === "ground";
  }

  /** What restores the modes and margins that a picture lacks; leaves the cursor where it is. */
  supplement(): string {
    let text = "";
    for (const [mode, on] of this.modes) {
      text += on === USUALLY_ON.has(mode) ? "" : `\x1b[?${mode}${on ? "h" : "l"}`;
    }
    return this.margins === "" ? text : `${text}\x1b7\x1b[${this.margins}r\x1b8`;
  }

  private byte(byte: number): void {
    switch (this.state) {
      case "ground":
        this.ground(byte);
        break;
      case "utf8":
        this.missing--;
        if ((byte & 0xc0) !== 0x80) {
          this.ground(byte);
        } else if (this.missing === 0) {
          this.state = "ground";
        }
        break;
      case "escape":
        this.escape(byte);
        break;
      case "csi":
        this.csi(byte);
        break;
      case "string":
        if (byte === BEL || byte === CAN || byte === SUB) {
          this.state = "ground";
        } else if (byte === ESC) {
          this.state = "string-escape";
        }
        break;
      case "string-escape":
        this.escape(byte);
    }
  }

  private ground(byte: number): void {
    if (byte === ESC) {
      this.state = "escape";
    } else if (byte >= 0xc2 && byte <= 0xf4) {
      this.state = "utf8";
      this.missing = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    } else {
      this.state = "ground";
    }
  }

  private escape(byte: number): void {
    if (byte === 0x5b) {
      this.state = "csi";
      this.parameters = "";
    } else if (byte === 0x5d || byte === 0x50 || byte === 0x58 || byte === 0x5e || byte === 0x5f) {
      this.state = "string";
    } else if (byte === ESC) {
      this.state = "escape";
    } else if (byte < 0x20 || byte > 0x2f) {
      this.state = "ground";
      if (byte === 0x63) {
        this.reset();
      }
    } else {
      this.state = "escape";
    }
  }

  private csi(byte: number): void {
    if (byte === ESC) {
      this.state = "escape";
    } else if (byte === CAN || byte === SUB || byte > 0x7e) {
      this.state = "ground";
    } else if (byte >= 0x40) {
      this.state = "ground";
      this.sequence(String.fromCharCode(byte));
    } else if (byte >= 0x20 && this.parameters.length < MOST_PARAMETERS) {
      this.parameters += String.fromCharCode(byte);
    }
  }

  private sequence(final: string): void {
    if ((final === "h" || final === "l") && this.parameters.startsWith("?")) {
      for (const mode of this.parameters.slice(1).split(";").map(Number)) {
        if (MODES.includes(mode)) {
          this.modes.set(mode, final === "h");
        }
      }
    } else if (final === "r" && /^[0-9;]*$/.test(this.parameters)) {
      this.margins = this.parameters;
    } else if (final === "p" && this.parameters === "!") {
      this.reset();
    }
  }

  private reset(): void {
    this.modes.clear();
    this.margins = "";
  }
}
