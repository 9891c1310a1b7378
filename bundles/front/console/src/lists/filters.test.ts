// @vitest-environment node
import { expect, it } from "vitest";
import { filtered, lastText, searchOf, tokensOf, type FilterProperty } from "./filters";

const properties: FilterProperty[] = [
  { key: "status", label: "Status", group: "Statuses", any: true },
  { key: "target", label: "Node", group: "Nodes" },
  { key: "tag", label: "Tag", group: "Tags" },
];

const address = (text: string) => new URLSearchParams(text);

it("reads back what it wrote", () => {
  const search = "text=web&text=two&status=Online&status=Inactive&tag=a%3D1&tag=b%3D2&target=mi-1";
  const again = searchOf(tokensOf(address(search), properties), properties, address(""));
  again.sort();
  const before = address(search);
  before.sort();
  expect(again.toString()).toBe(before.toString());
});

it("makes one token of values of which any will do", () => {
  expect(tokensOf(address("status=Online&status=Inactive"), properties)).toEqual([
    { propertyKey: "status", operator: "=", value: ["Online", "Inactive"] },
  ]);
});

it("keeps the last of a property that takes one value", () => {
  const tokens = ["mi-1", "mi-2"].map((value) => ({ propertyKey: "target", operator: "=" as const, value }));
  expect(searchOf(tokens, properties, address("")).toString()).toBe("target=mi-2");
});

it("leaves the rest of the address alone", () => {
  expect(searchOf([], properties, address("within=2h&text=x&status=Online")).toString()).toBe("within=2h");
  expect(filtered(address("within=2h"), properties)).toBe(false);
  expect(filtered(address("text=x"), properties)).toBe(true);
});

it("keeps the last free text alone where the server takes one", () => {
  const tokens = [
    { operator: ":" as const, value: "one" },
    { propertyKey: "status", operator: "=" as const, value: ["Online"] },
    { operator: ":" as const, value: "two" },
  ];
  expect(lastText(tokens)).toEqual([tokens[1], tokens[2]]);
});
