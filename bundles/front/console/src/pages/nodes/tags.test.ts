// @vitest-environment node
import { expect, it } from "vitest";
import { changeOf, changesNothing, editable } from "./tags";

const before = editable({ team: "blue", stage: "test", old: "" });

it("shows tags by their keys", () => {
  expect(before.map((tag) => tag.key)).toEqual(["old", "stage", "team"]);
});

it("sets what is new or another and removes what was taken away", () => {
  const now = [
    { key: "team", value: "red", existing: true },
    { key: "stage", value: "test", existing: true },
    { key: "old", value: "", existing: true, markedForRemoval: true },
    { key: "new", value: "x", existing: false },
  ];
  expect(changeOf(before, now)).toEqual({ set: { team: "red", new: "x" }, remove: ["old"] });
});

it("sets a tag that was taken away and added again, without removing it in between", () => {
  const now = [
    { key: "team", value: "blue", existing: true, markedForRemoval: true },
    { key: "team", value: "green", existing: false },
    ...before.filter((tag) => tag.key !== "team"),
  ];
  expect(changeOf(before, now)).toEqual({ set: { team: "green" }, remove: [] });
});

it("knows when nothing changed", () => {
  expect(changesNothing(changeOf(before, before))).toBe(true);
  expect(changesNothing({ set: {}, remove: ["a"] })).toBe(false);
});
