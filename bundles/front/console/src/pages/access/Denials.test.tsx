import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { answering, problem } from "../../testing/server";
import Denials from "./Denials";
import { show } from "./testing";

const REFERENCE = "ABCDEFGHIJKLMNOPQ234";

const decision = {
  verdict: "IMPLICIT_DENY",
  text: "No statement allows ssm:StartSession.",
  decisive: [],
  nearest: [
    {
      layer: "IDENTITY",
      policy: "Shells",
      policyType: "user-managed",
      number: 1,
      sid: "ShellOnNodes",
      allow: true,
      startLine: 4,
      endLine: 9,
      action: "ssm:StartSession",
      resource: "*",
      outcome: "CONDITION_FAILS",
      conditions: [
        { operator: "StringEquals", key: "ssm:resourceTag/team", wanted: ["web"], found: ["db"], holds: false },
      ],
    },
  ],
  missing: "IDENTITY",
  allowedByBoundary: null,
  missingKeys: [],
};

const denial = {
  reference: REFERENCE,
  at: "2026-01-01T00:00:00Z",
  reason: "POLICIES",
  principalId: "AIDA1",
  principal: "arn:aws:iam::123456789012:user/bob",
  action: "ssm:StartSession",
  resource: "arn:aws:ssm:onprem-1:123456789012:managed-instance/mi-1",
  context: { "aws:username": ["bob"] },
  decision,
};

const list = () => ({
  body: {
    items: [{ ...denial, text: decision.text, decision: undefined, context: undefined, principalId: undefined }],
    next: null,
  },
});

it("opens the reference in a text that was pasted, and says which statement, key and value decided", async () => {
  answering({ "GET /denials": list, [`GET /denials/${REFERENCE}`]: () => ({ body: denial }) });
  show(<Denials />, "/console/access/denials");
  const field = screen.getByLabelText("Why was this denied?");
  await userEvent.click(field);
  await userEvent.paste(`User: x is not authorized to perform: y (reference ${REFERENCE})`);
  await userEvent.click(screen.getByRole("button", { name: "Show why" }));
  await waitFor(() => expect(location.search).toBe(`?reference=${REFERENCE}`));
  expect(await screen.findByText(/No statement allows ssm:StartSession/)).toBeInTheDocument();
  expect(screen.getByText(/Shells \(user-managed\), statement 1 "ShellOnNodes", lines 4-9/)).toBeInTheDocument();
  expect(screen.getByText(/wanted "web", was "db"/)).toBeInTheDocument();
});

it("says that there is no reference in what was typed", async () => {
  answering({ "GET /denials": list });
  show(<Denials />, "/console/access/denials");
  await userEvent.type(screen.getByLabelText("Why was this denied?"), "nothing{Enter}");
  expect(await screen.findByText(/There is no reference in it/)).toBeInTheDocument();
});

it("says what to do when the reason is for others to know", async () => {
  answering({
    "GET /denials": () => problem("access-denied", 403, "You may not sallyport:ListDecisions."),
    [`GET /denials/${REFERENCE}`]: () => problem("access-denied", 403, "You may not sallyport:GetDecision."),
  });
  show(<Denials />, `/console/access/denials?reference=${REFERENCE}`);
  expect(await screen.findByText(/GetDecision/)).toBeInTheDocument();
  expect(await screen.findByText(/ListDecisions/)).toBeInTheDocument();
});
