import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { answering } from "../../testing/server";
import Simulator from "./Simulator";
import { show } from "./testing";

const BOB = "arn:aws:iam::123456789012:user/bob";

it("asks for the principal of the address and shows each decision with its statement", async () => {
  const decision = {
    verdict: "EXPLICIT_DENY",
    text: "Statement NotNow denies it.",
    decisive: [],
    nearest: [],
    missing: null,
    allowedByBoundary: null,
    missingKeys: ["aws:SourceIp"],
  };
  const asked = answering({
    "GET /server": () => ({
      body: { version: "1", region: "onprem-1", accountId: "123456789012", channel: "wss://x" },
    }),
    "POST /policies/review": () => ({ body: { characters: 0, quota: 0, faults: [], findings: [] } }),
    "POST /simulations": () => ({ body: { results: [{ action: "ssm:StartSession", resource: "*", decision }] } }),
  });
  show(<Simulator />, `/console/access/simulator?${new URLSearchParams({ principal: BOB }).toString()}`);
  await userEvent.click(screen.getByRole("button", { name: "Simulate" }));
  expect(await screen.findByText("Statement NotNow denies it.")).toBeInTheDocument();
  expect(screen.getByText(/keys that the request does not have: aws:SourceIp/)).toBeInTheDocument();
  expect(asked.find((one) => one.path === "/simulations")?.body).toEqual({
    principal: BOB,
    policies: [],
    actions: ["ssm:StartSession"],
    resources: ["*"],
    context: {},
  });
});
