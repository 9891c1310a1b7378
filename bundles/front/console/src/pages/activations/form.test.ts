// @vitest-environment node
import { expect, it } from "vitest";
import { faults, START, wanted } from "./form";

it("takes what Session Manager takes", () => {
  expect(faults(START)).toEqual({});
  expect(faults({ ...START, limit: "1000", days: "30" })).toEqual({});
});

it.each(["0", "1001", "", "-1", "1.5", "1e2", "ten"])("refuses %j as a number of nodes", (limit) => {
  expect(faults({ ...START, limit })).toHaveProperty("limit");
});

it("refuses tags without a key and keys that are there twice", () => {
  expect(faults({ ...START, tags: [{ key: " ", value: "x" }] }).tags).toContain("needs a key");
  const twice = { key: "team", value: "x" };
  expect(faults({ ...START, tags: [twice, { ...twice, key: "team " }] }).tags).toContain("once");
});

it("says nothing about what was left empty and counts days in hours", () => {
  expect(wanted({ ...START, description: "  ", days: "2", tags: [{ key: " team ", value: "a" }] })).toEqual({
    description: null,
    defaultName: null,
    role: null,
    limit: 1,
    expiresInHours: 48,
    tags: { team: "a" },
  });
});
