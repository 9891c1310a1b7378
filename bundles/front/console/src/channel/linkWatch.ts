/** Silence after something was typed. */
const SILENCE = 4_000;

/** Silence at rest. */
const REST = 10_000;

/** For an answer. */
const ANSWER = 4_000;

/** A page that did not run for so long slept, was frozen or is hidden: what came meanwhile may wait unread. */
const GAP = 3_000;

/** By which the wall clock is ahead of the steady one after a sleep; smaller steps are those of a clock being set. */
const SLEPT = 5_000;

/** What to do about the link. */
export type Verdict = "fine" | "ask" | "dead";

/**
 * Whether the server is still there. A browser's web-socket neither pings nor tells of pongs, so a message asks; whatever comes counts as
 * an answer. Asked after four seconds of silence when something typed is not acknowledged, after ten at rest, and after a sleep.
 */
export class LinkWatch {
  private heardAt: number;
  private ticked: number;
  private ahead: number;
  private asked: number | undefined;
  private due = false;

  constructor(steady: number, wall: number) {
    this.heardAt = steady;
    this.ticked = steady;
    this.ahead = wall - steady;
  }

  /** A connection is there, or something came over it. */
  heard(steady: number): void {
    this.heardAt = steady;
    this.asked = undefined;
  }

  /** The person is back at the page, or the network is: to be asked at the next tick. */
  doubt(): void {
    this.due = true;
  }

  /**
   * To be called several times a second, connected or not; a hidden page is called less often.
   *
   * @param oldest when the oldest message that is not acknowledged was first sent
   */
  tick(steady: number, wall: number, oldest: number | undefined): Verdict {
    const gap = steady - this.ticked >= GAP;
    const slept = wall - steady - this.ahead >= SLEPT;
    this.ticked = steady;
    this.ahead = wall - steady;
    if (this.asked !== undefined && !gap && !slept) {
      return steady - this.asked >= ANSWER ? "dead" : "fine";
    }
    const silent = steady - this.heardAt;
    const typed = oldest !== undefined && steady - oldest >= SILENCE && silent >= SILENCE;
    if (this.due || slept || gap || typed || silent >= REST) {
      this.due = false;
      this.asked = steady;
      return "ask";
    }
    return "fine";
  }
}
