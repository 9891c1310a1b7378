// @vitest-environment node
import { expect, it } from "vitest";
import { left, wordsFor } from "./words";

const NOW = 1_700_000_000_000;

it("counts down and never says that something is over before it is", () => {
  expect([0, 1, 1_000, 119_001, 120_000, 7_199_999, 7_200_000].map(left)).toEqual([
    "0 s",
    "1 s",
    "1 s",
    "2 min",
    "2 min",
    "2 h",
    "2 h",
  ]);
});

it("tells the server's trouble before the node's, and the node's before nothing", () => {
  const away = { kind: "node-away", text: "", since: NOW, ends: NOW + 60_000 } as const;

  expect(wordsFor({ kind: "connected" }, undefined, NOW)).toMatchObject({ type: "success", short: "Connected" });
  expect(wordsFor({ kind: "connected" }, away, NOW)).toMatchObject({ type: "warning", short: "Node away" });
  expect(wordsFor({ kind: "connected" }, away, NOW).long).toContain("ends in 60 s");
  const down = { kind: "reconnecting", since: NOW, nextTry: NOW + 2_500, cause: "x", signedOut: false } as const;
  expect(wordsFor(down, away, NOW)).toMatchObject({ short: "Reconnecting" });
  expect(wordsFor(down, away, NOW).long).toContain("next try in 3 s");
  expect(wordsFor({ kind: "ended", how: "moved", text: "" }, away, NOW).short).toBe("Elsewhere");
});
