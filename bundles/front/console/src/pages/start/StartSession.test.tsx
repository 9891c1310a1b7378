import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { showPage } from "../../testing/page";
import { node } from "../../testing/samples";
import { answering } from "../../testing/server";
import StartSession from "./StartSession";

const tab = () => ({
  document: document.implementation.createHTMLDocument(),
  closed: false,
  opener: window,
  location: { replace: vi.fn() },
  close: vi.fn(),
});

it("wants a node, and starts with the reason that was given", async () => {
  const opened = tab();
  vi.spyOn(window, "open").mockReturnValue(opened as unknown as Window);
  const asked = answering({
    "GET /nodes": () => ({
      body: { items: [node("mi-1"), node("mi-2", { connected: false, pingStatus: "ConnectionLost" })], next: null },
    }),
    "POST /sessions": () => ({ status: 201, body: { sessionId: "admin-1", token: "secret", streamUrl: "wss://x/y" } }),
  });
  showPage(StartSession, "/sessions/start");
  const away = await screen.findByRole("radio", { name: "Choose name of mi-2" });
  expect(away).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Start session" }));
  expect(await screen.findByText("Choose the node that the session is to run on.")).toBeInTheDocument();
  await userEvent.type(screen.getByLabelText(/^Reason for the session/), "CHG-7");
  await userEvent.click(screen.getByRole("radio", { name: "Choose name of mi-1" }));
  await userEvent.click(screen.getByRole("button", { name: "Start session" }));
  await waitFor(() => expect(opened.location.replace).toHaveBeenCalledWith("/console/terminal.html?session=admin-1"));
  expect(asked.at(-1)?.body).toEqual({ target: "mi-1", reason: "CHG-7" });
  await waitFor(() => expect(location.pathname).toBe("/console/sessions"));
});

it("has the node chosen for who comes from one", async () => {
  answering({ "GET /nodes": () => ({ body: { items: [node("mi-1"), node("mi-2")], next: null } }) });
  showPage(StartSession, "/sessions/start?target=mi-2");
  await waitFor(() => expect(screen.getByRole("radio", { name: "Choose name of mi-2" })).toBeChecked());
});
