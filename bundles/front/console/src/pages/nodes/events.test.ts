// @vitest-environment node
import { expect, it } from "vitest";
import { eventDetails, eventName, isDoubtful } from "./events";

const event = (name: string, parameters: unknown, errorCode: string | null = null) => ({
  name,
  errorCode,
  record: JSON.stringify({ requestParameters: parameters }),
});

it("says what a second channel did and what it may mean", () => {
  const replaced = event("NodeSecondChannel", { older: "192.0.2.1", decision: "replace" });
  expect(isDoubtful(replaced)).toBe(true);
  expect(eventDetails(replaced)).toContain("place of the channel from 192.0.2.1");
  expect(eventDetails(event("NodeSecondChannel", { older: "192.0.2.1", decision: "refuse" }))).toContain("refused");
});

it("names what the server writes in words and calls by their own names", () => {
  expect(eventName({ name: "NodeMachineDiffers" })).toBe("Another machine showed its key");
  expect(eventName({ name: "StartSession" })).toBe("StartSession");
  expect(eventDetails(event("NodeRegistered", { activation: "a-1" }))).toBe("With activation a-1");
  expect(eventDetails(event("NodeRegistered", { proof: "oidc" }))).toBe("By oidc");
});

it("tells of a refusal rather than of what was wanted", () => {
  expect(eventDetails(event("StartSession", { target: "mi-1" }, "AccessDenied"))).toBe("Refused: AccessDenied");
});

it("cuts what is long and bears records that are none", () => {
  expect(eventDetails(event("Other", { text: "x".repeat(5000), more: { deep: true } })).length).toBeLessThan(250);
  for (const record of ["", "[]", "null", "{", JSON.stringify({ requestParameters: "text" })]) {
    expect(eventDetails({ name: "Other", errorCode: null, record })).toBe("");
  }
});
