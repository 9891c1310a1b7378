// @vitest-environment node
import { expect, it } from "vitest";
import { indent, lineRange, pretty, templates, trusts } from "./documents";

it("begins with documents that are JSON of the present version, within the quota of a policy", () => {
  for (const one of [...templates, ...trusts("123456789012")]) {
    const document = JSON.parse(one.document) as { Version: string; Statement: { Sid?: string }[] };
    expect(document.Version).toBe("2012-10-17");
    expect(document.Statement.length).toBeGreaterThan(0);
    for (const statement of document.Statement) {
      expect(statement.Sid ?? "").toMatch(/^[A-Za-z0-9]*$/);
    }
    expect(one.document.replace(/\s/g, "").length).toBeLessThan(2_048);
  }
  expect(templates.find((one) => one.id === "tag")?.document).toContain("ssm:resourceTag/team");
  expect(trusts("123456789012")[1]?.document).toContain("arn:aws:iam::123456789012:root");
});

it("never lets a name stand for the names that begin with it", () => {
  for (const one of templates) {
    expect(one.document).not.toMatch(/\$\{aws:username\}\*/);
  }
});

it("knows where a line is", () => {
  const text = "one\ntwo\n\nfour";
  expect(text.slice(...lineRange(text, 1))).toBe("one");
  expect(text.slice(...lineRange(text, 2))).toBe("two");
  expect(text.slice(...lineRange(text, 3))).toBe("");
  expect(text.slice(...lineRange(text, 4))).toBe("four");
  expect(lineRange(text, 99)).toEqual([text.length, text.length]);
});

it("moves the chosen lines deeper and back", () => {
  const text = "a\nb\nc";
  const deeper = indent(text, 2, 5, true);
  expect(deeper.text).toBe("a\n  b\n  c");
  expect(deeper.text.slice(deeper.from, deeper.to)).toBe("b\n  c");
  expect(indent(deeper.text, deeper.from, deeper.to, false).text).toBe(text);
  expect(indent(text, 0, 0, false).text).toBe(text);
});

it("formats JSON and leaves everything else alone", () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('{"a":')).toBe('{"a":');
});
