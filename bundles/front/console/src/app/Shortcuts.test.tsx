import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Router } from "wouter";
import { expect, it, vi } from "vitest";
import { Shortcuts } from "./Shortcuts";

function show(helpOpen: boolean) {
  const onHelp = vi.fn();
  render(
    <Router base="/console">
      <input aria-label="field" />
      <Shortcuts helpOpen={helpOpen} onHelp={onHelp} />
    </Router>,
  );
  return onHelp;
}

it("leads to pages by two keys, and to the help by one", async () => {
  const onHelp = show(false);
  await userEvent.keyboard("gs");
  expect(location.pathname).toBe("/console/sessions");
  await userEvent.keyboard("?");
  expect(onHelp).toHaveBeenCalledWith(true);
});

it("leaves keys to fields and dialogs", async () => {
  show(false);
  await userEvent.type(screen.getByLabelText("field"), "gs?");
  expect(location.pathname).toBe("/console/");
  show(true);
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard("gn");
  expect(location.pathname).toBe("/console/");
});
