// @vitest-environment node
import { expect, it } from "vitest";
import type { Review, Statement } from "../../api/access";
import { referenceIn, whyHref } from "../../app/references";
import { levels, linesText, marksOf } from "./marks";
import { madePassword } from "./passwords";
import { policyAt, usedAt } from "./places";
import { askable, documentArn, nodeArn, nodeEntries, simulationOf } from "./questions";
import { conditionText, placeText } from "./verdicts";

const place = { region: "onprem-1", accountId: "123456789012" };

const review: Review = {
  characters: 100,
  quota: 6144,
  faults: [],
  findings: [
    {
      rule: "B",
      severity: "MEDIUM",
      statement: 1,
      sid: "",
      startLine: 3,
      startColumn: 1,
      endLine: 5,
      endColumn: 2,
      text: "b",
    },
    {
      rule: "A",
      severity: "HIGH",
      statement: 2,
      sid: "Two",
      startLine: 5,
      startColumn: 1,
      endLine: 6,
      endColumn: 2,
      text: "a",
    },
  ],
};

it("marks each line with the worst that is said of it", () => {
  const marks = marksOf(review);
  expect(marks.map((mark) => mark.title)).toEqual(["B, statement 1", "A, statement Two"]);
  expect([...levels(marks)]).toEqual([
    [3, "medium"],
    [4, "medium"],
    [5, "high"],
    [6, "high"],
  ]);
  expect(marks.map(linesText)).toEqual(["lines 3-5", "lines 5-6"]);
});

it("marks no line for what is about the whole document", () => {
  const marks = marksOf({ ...review, findings: [], faults: [{ message: "m", detail: "d", line: 0, column: 0 }] });
  expect(levels(marks).size).toBe(0);
  expect(marks.map(linesText)).toEqual([""]);
});

it("finds the reference in what somebody pasted", () => {
  const text = "User: arn:aws:iam::123456789012:user/bob is not authorized (reference ABCDEFGHIJKLMNOPQ234)";
  expect(referenceIn(text)).toBe("ABCDEFGHIJKLMNOPQ234");
  expect(referenceIn("  ABCDEFGHIJKLMNOPQ234\n")).toBe("ABCDEFGHIJKLMNOPQ234");
  expect(referenceIn("abcdefghijklmnopq234")).toBeUndefined();
  expect(referenceIn("ABCDEFGHIJKLMNOPQ2345")).toBeUndefined();
  expect(whyHref(text)).toBe("/console/access/denials?reference=ABCDEFGHIJKLMNOPQ234");
  expect(whyHref("ABCDEFGHIJKLMNOPQ234 is no refusal")).toBeUndefined();
});

it("keeps names and ARNs whole in addresses", () => {
  const arn = "arn:aws:iam::123456789012:policy/ops/a+b@c";
  expect(new URLSearchParams(policyAt(arn).split("?")[1]).get("arn")).toBe(arn);
  expect(usedAt("ROLE", "x=y")).toBe("/access/roles/role?name=x%3Dy");
});

it("asks about a node as the server asks when a session starts", () => {
  expect(nodeArn(place, "mi-1")).toBe("arn:aws:ssm:onprem-1:123456789012:managed-instance/mi-1");
  expect(nodeArn(place, "i-1")).toBe("arn:aws:ec2:onprem-1:123456789012:instance/i-1");
  expect(documentArn(place, "Mine")).toBe("arn:aws:ssm:onprem-1:123456789012:document/Mine");
  expect(documentArn(place, "AWS-StartSSHSession")).toBe("arn:aws:ssm:onprem-1::document/AWS-StartSSHSession");
  expect(nodeEntries({ tags: { team: "web" } }, true)).toEqual([
    { key: "ssm:resourceTag/team", values: "web" },
    { key: "aws:ResourceTag/team", values: "web" },
    { key: "ssm:SessionDocumentAccessCheck", values: "true" },
  ]);
});

it("makes a question of what was typed", () => {
  const fields = {
    principal: "arn:x",
    document: " ",
    actions: "ssm:StartSession\n\n ssm:ResumeSession ",
    resources: "*",
    entries: [
      { key: " aws:SourceIp ", values: "192.0.2.1, 192.0.2.2" },
      { key: "", values: "left out" },
    ],
  };
  expect(simulationOf(fields)).toEqual({
    principal: "arn:x",
    policies: [],
    actions: ["ssm:StartSession", "ssm:ResumeSession"],
    resources: ["*"],
    context: { "aws:SourceIp": ["192.0.2.1", "192.0.2.2"] },
  });
  expect(askable(fields)).toBe(true);
  expect(askable({ ...fields, principal: undefined })).toBe(false);
  expect(askable({ ...fields, principal: undefined, document: "{}" })).toBe(true);
  expect(askable({ ...fields, actions: " " })).toBe(false);
});

it("says where a statement stands and what its conditions found", () => {
  const statement: Statement = {
    layer: "IDENTITY",
    policy: "Shells",
    policyType: "user-managed",
    number: 2,
    sid: "NotNow",
    allow: false,
    startLine: 3,
    endLine: 7,
    action: "ssm:*",
    resource: "*",
    outcome: "MATCHES",
    conditions: [],
  };
  expect(placeText(statement)).toBe('Shells (user-managed), statement 2 "NotNow", lines 3-7');
  expect(placeText({ ...statement, policy: "", sid: "", endLine: 3 })).toBe(
    "the policies of the principal, statement 2, line 3",
  );
  const condition = { operator: "StringEquals", key: "ssm:resourceTag/team", wanted: ["web"], found: [], holds: false };
  expect(conditionText(condition)).toBe('StringEquals ssm:resourceTag/team: wanted "web", the request has no such key');
  expect(conditionText({ ...condition, found: ["db"] })).toContain('was "db"');
});

it("makes passwords that differ, of letters that are not mistaken", () => {
  const made = new Set(Array.from({ length: 50 }, madePassword));
  expect(made.size).toBe(50);
  made.forEach((one) => expect(one).toMatch(/^[A-HJ-NP-Za-km-np-z2-9]{20}$/));
});
