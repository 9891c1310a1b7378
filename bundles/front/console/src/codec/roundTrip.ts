const RTT_SMOOTHING = 1 / 8;
const VARIATION_SMOOTHING = 1 / 4;
const MIN_VARIATION = 10;
const MAX_TIMEOUT = 1_000;

/** Smoothed round-trip time and the retransmission time-out that follows from it, in milliseconds (section 3.6). */
export class RoundTripTimer {
  private roundTrip = 100;
  private variation = 0;
  private timeout = 200;

  sample(millis: number): void {
    const measured = Math.max(0, millis);
    this.variation =
      (1 - VARIATION_SMOOTHING) * this.variation + VARIATION_SMOOTHING * Math.abs(this.roundTrip - measured);
    this.roundTrip = (1 - RTT_SMOOTHING) * this.roundTrip + RTT_SMOOTHING * measured;
    this.timeout = Math.min(MAX_TIMEOUT, this.roundTrip + Math.max(MIN_VARIATION, 4 * this.variation));
  }

  timeoutMillis(): number {
    return Math.round(this.timeout);
  }
}
