import type { KeptOutput, Picture } from "./keep";

/** Where a session shows what comes from the node. */
export interface Screen {
  /** Draws bytes of the node's terminal; {@code drawn} is called when they are on the screen. */
  output(bytes: Uint8Array, drawn: () => void): void;

  /** What is on the screen; only inside {@code drawn}, and undefined while the output stopped in the middle of a sequence. */
  picture(): Omit<Picture, "next"> | undefined;

  /** Shows what an earlier page had; fulfilled when it is on the screen. */
  restore(picture: Picture | undefined, output: readonly KeptOutput[]): Promise<void>;
}
