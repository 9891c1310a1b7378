/** The two clocks of a page; given in, so that tests set them. */
export interface Clock {
  /** Milliseconds that do not jump; may rest while the machine sleeps. */
  steady(): number;
  /** Milliseconds since 1970 as the machine knows them; may jump. */
  wall(): number;
}

export const pageClock: Clock = {
  steady: () => performance.now(),
  wall: () => Date.now(),
};
