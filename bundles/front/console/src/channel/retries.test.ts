// @vitest-environment node
import { expect, it } from "vitest";
import { Retries } from "./retries";

it("tries again soon, then seldom, and gives up after a day without progress", () => {
  const retries = new Retries(() => 0.999_999);
  const pauses = Array.from({ length: 8 }, () => Math.round(retries.next(0) ?? -1));

  expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  expect(retries.next(24 * 3_600_000 - 1)).toBeDefined();
  expect(retries.next(24 * 3_600_000)).toBeUndefined();
  retries.progress();
  expect(retries.next(24 * 3_600_000)).toBeCloseTo(100, 3);
});
