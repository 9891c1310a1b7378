import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState, type FormEvent } from "react";
import { expect, it, vi } from "vitest";
import { answering, problem } from "../../testing/server";
import { DocumentEditor } from "./DocumentEditor";
import { show } from "./testing";

const TEXT =
  '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": "*", "Resource": "*"}\n  ]\n}';

const finding = {
  rule: "ADMINISTRATOR",
  severity: "HIGH",
  statement: 1,
  sid: "",
  startLine: 4,
  startColumn: 5,
  endLine: 4,
  endColumn: 60,
  text: "Allows everything.",
};

function Editing({ text = TEXT }: { text?: string }) {
  const [value, setValue] = useState(text);
  return <DocumentEditor label="Policy document" kind="TRUST" value={value} onChange={setValue} />;
}

it("shows what the server says of the document and leads to the line", async () => {
  const asked = answering({
    "POST /policies/review": () => ({ body: { characters: 80, quota: 2048, faults: [], findings: [finding] } }),
  });
  const sent = vi.fn((event: FormEvent) => event.preventDefault());
  const { container } = show(
    <form onSubmit={sent}>
      <Editing />
    </form>,
  );
  expect(await screen.findByText(/Allows everything/)).toBeInTheDocument();
  expect(asked[0]?.body).toEqual({ document: TEXT, kind: "TRUST" });
  expect(screen.getByText(/Can be stored, with 1 to look at, 80 of 2048 characters/)).toBeInTheDocument();
  const lines = container.querySelectorAll(".document-lines li");
  expect(lines).toHaveLength(6);
  expect(lines[3]).toHaveClass("high");
  await userEvent.click(screen.getByRole("button", { name: /Show line 4/ }));
  const area = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Policy document" });
  expect(area).toHaveFocus();
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toContain('"Action": "*"');
  await userEvent.click(screen.getByRole("button", { name: "Format" }));
  expect(sent).not.toHaveBeenCalled();
});

it("asks again for what was typed last, and says that it cannot be stored", async () => {
  const asked = answering({
    "POST /policies/review": ({ body }) => ({
      body: {
        characters: 1,
        quota: 2048,
        faults: (body as { document: string }).document.endsWith("x")
          ? [{ message: "Syntax errors in policy.", detail: "Something follows.", line: 6, column: 2 }]
          : [],
        findings: [],
      },
    }),
  });
  show(<Editing />);
  await screen.findByText(/^Can be stored/);
  const area = screen.getByRole("textbox");
  await userEvent.type(area, "xyx");
  expect(await screen.findByText(/Cannot be stored/)).toBeInTheDocument();
  expect(within(screen.getByRole("list", { name: "Findings" })).getByText(/Something follows/)).toBeInTheDocument();
  expect(area).toHaveAttribute("aria-invalid", "true");
  expect(asked).toHaveLength(2);
});

it("does not trap the keyboard, and moves lines with a key of its own", async () => {
  answering({ "POST /policies/review": () => ({ body: { characters: 1, quota: 0, faults: [], findings: [] } }) });
  show(<Editing text="{}" />);
  const area = screen.getByRole<HTMLTextAreaElement>("textbox");
  area.focus();
  await userEvent.keyboard("{Control>}]{/Control}");
  expect(area.value).toBe("  {}");
  await userEvent.tab();
  expect(screen.getByRole("button", { name: "Format" })).toHaveFocus();
});

it("goes on without the check when that is refused", async () => {
  answering({
    "POST /policies/review": () => problem("access-denied", 403, "You may not access-analyzer:ValidatePolicy."),
  });
  show(<Editing />);
  expect(await screen.findByText(/ValidatePolicy/)).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("textbox")).toBeEnabled());
});
