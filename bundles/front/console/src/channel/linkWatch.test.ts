// @vitest-environment node
import { describe, expect, it } from "vitest";
import { LinkWatch } from "./linkWatch";

const WALL = 1_700_000_000_000;

/** Ticks as a page that runs does. */
function run(watch: LinkWatch, from: number, to: number, oldest?: number, ahead = WALL): string[] {
  const verdicts: string[] = [];
  for (let now = from; now <= to; now += 100) {
    const verdict = watch.tick(now, now + ahead, oldest);
    if (verdict !== "fine") {
      verdicts.push(`${verdict} ${now}`);
    }
  }
  return verdicts;
}

describe("a link", () => {
  it("at rest is asked after ten seconds, and dead when nothing comes in four more", () => {
    const watch = new LinkWatch(0, WALL);

    expect(run(watch, 0, 14_000)).toEqual(["ask 10000", "dead 14000"]);
  });

  it("lives as long as anything comes", () => {
    const watch = new LinkWatch(0, WALL);
    run(watch, 0, 10_000);
    watch.heard(10_050);

    expect(run(watch, 10_100, 20_000)).toEqual([]);
    expect(run(watch, 20_100, 20_100)).toEqual(["ask 20100"]);
  });

  it("is asked sooner when what was typed is not acknowledged", () => {
    const watch = new LinkWatch(0, WALL);

    expect(run(watch, 0, 9_000, 1_000)).toEqual(["ask 5000", "dead 9000"]);
  });

  it("is asked anew, and not given up, by a page that slept or was stopped: the answer may wait unread", () => {
    const slept = new LinkWatch(0, WALL);
    expect(run(slept, 0, 1_000)).toEqual([]);
    expect(run(slept, 1_100, 1_200, undefined, WALL + 3_600_000)).toEqual(["ask 1100"]);

    const hidden = new LinkWatch(0, WALL);
    run(hidden, 0, 10_000);
    expect(hidden.tick(70_000, 70_000 + WALL, undefined)).toBe("ask");
    expect(run(hidden, 70_100, 74_000)).toEqual(["dead 74000"]);
  });

  it("is asked at once when the person comes back", () => {
    const watch = new LinkWatch(0, WALL);
    run(watch, 0, 500);
    watch.doubt();

    expect(run(watch, 600, 700)).toEqual(["ask 600"]);
  });
});
