// @vitest-environment node
import { expect, it } from "vitest";
import { faults, START, wanted } from "./form";

it("takes what Session Manager takes", () => {
  expect(faults(START)).toEqual({});
  expect(faults({ ...START, limit: "1000", life: "30" })).toEqual({});
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
  expect(wanted({ ...START, description: "  ", life: "2", tags: [{ key: " team ", value: "a" }] })).toEqual({
    description: null,
    defaultName: null,
    role: null,
    limit: 1,
    expiresInHours: 48,
    tags: { team: "a" },
    sources: [],
    approval: false,
  });
});

it("takes hours as well as days, 30 days at most", () => {
  expect(faults({ ...START, life: "720", unit: "hours" })).toEqual({});
  expect(wanted({ ...START, life: "5", unit: "hours" }).expiresInHours).toBe(5);
  expect(faults({ ...START, life: "721", unit: "hours" }).life).toContain("720 hours");
  expect(faults({ ...START, life: "31" }).life).toContain("30 days");
});

it("takes ranges of addresses from lines and commas, and says which is none", () => {
  const sources = " 192.0.2.0/24, 2001:db8::/32\n198.51.100.7 ";
  expect(faults({ ...START, sources })).toEqual({});
  expect(wanted({ ...START, sources, approval: true })).toMatchObject({
    sources: ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"],
    approval: true,
  });
  expect(faults({ ...START, sources: "192.0.2.0/24 office" }).sources).toContain("office is no range");
  expect(faults({ ...START, sources: "192.0.2.1\n".repeat(21) }).sources).toContain("At most 20");
});
