import type { KeptOutput, Picture } from "../channel/keep";
import type { Screen } from "../channel/screen";
import type { TerminalSize } from "../codec/payloads";

/** A terminal that is a text. Draws a little later, as terminals do. */
export class TestScreen implements Screen {
  /** Draws only at {@link draw}. */
  stalled = false;
  /** The page is gone: nothing is drawn any more. */
  dead = false;
  private shown = "";
  private readonly queue: { bytes: Uint8Array; drawn: () => void }[] = [];

  constructor(private readonly size: TerminalSize) {}

  output(bytes: Uint8Array, drawn: () => void): void {
    this.queue.push({ bytes, drawn });
    if (!this.stalled) {
      setTimeout(() => this.draw(), 1);
    }
  }

  draw(): void {
    for (let next = this.dead ? undefined : this.queue.shift(); next; next = this.queue.shift()) {
      this.shown += new TextDecoder().decode(next.bytes);
      next.drawn();
    }
  }

  picture(): Omit<Picture, "next"> {
    return { text: this.shown, size: this.size };
  }

  restore(picture: Picture | undefined, output: readonly KeptOutput[]): Promise<void> {
    this.shown = (picture?.text ?? "") + output.map((one) => new TextDecoder().decode(one.bytes)).join("");
    return Promise.resolve();
  }

  text(): string {
    return this.shown;
  }

  waiting(): number {
    return this.queue.length;
  }
}
