import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { notices } from "../../app/notices";
import { showPage } from "../../testing/page";
import { session } from "../../testing/samples";
import { answering, problem } from "../../testing/server";
import Active from "./Active";
import History from "./History";

it("leads to the terminal of one's own sessions and of no others", async () => {
  answering({
    "GET /sessions": () => ({
      body: { items: [session("admin-1"), session("bob-2", { mine: false, ownerName: "bob" })], next: null },
    }),
  });
  showPage(Active, "/sessions");
  const mine = await screen.findByRole("link", { name: /^Attach to admin-1/ });
  expect(mine).toHaveAttribute("href", "/console/terminal.html?session=admin-1");
  expect(mine.getAttribute("rel")).toContain("noopener");
  expect(screen.getByText("admin (you)")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: /^Attach to bob-2/ })).toHaveAttribute("aria-disabled", "true");
});

it("ends a session after a question, and says when that is refused", async () => {
  let refusals = 1;
  const asked = answering({
    "GET /sessions": () => ({ body: { items: [session("admin-1")], next: null } }),
    "DELETE /sessions/admin-1": () =>
      refusals-- > 0 ? problem("access-denied", 403, "admin may not end it.") : { status: 204 },
  });
  showPage(Active, "/sessions");
  await userEvent.click(await screen.findByRole("button", { name: "Terminate admin-1" }));
  const dialog = await screen.findByRole("dialog");
  expect(asked.every((one) => one.method === "GET")).toBe(true);
  await userEvent.click(within(dialog).getByRole("button", { name: "Terminate" }));
  expect(await within(dialog).findByText(/admin may not end it\./)).toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole("button", { name: "Terminate" }));
  await waitFor(() => expect(notices.get()[0]).toMatchObject({ title: "Session terminated", text: "admin-1" }));
  await waitFor(() => expect(asked.at(-1)?.method).toBe("GET"));
});

it("takes a session out of the list when the server says that it is over", async () => {
  let items = [session("admin-1")];
  answering({ "GET /sessions": () => ({ body: { items, next: null } }) });
  const { tell } = showPage(Active, "/sessions");
  await screen.findByText("admin-1");
  items = [];
  act(() => tell({ kind: "sessions", ids: ["admin-1"] }));
  expect(await screen.findByText("No sessions")).toBeInTheDocument();
});

it("shows the past with the cause of each end, and asks for the time that the address says", async () => {
  const asked = answering({
    "GET /sessions": () => ({
      body: {
        items: [
          session("admin-1", {
            status: "Terminated",
            endedAt: "2026-01-01T01:00:00Z",
            cause: "idle",
            causeText: "The session ended because nothing was typed for 20 minutes.",
          }),
        ],
        next: null,
      },
    }),
  });
  showPage(History, "/sessions/history?within=2h&status=Terminated&text=deploy");
  expect(await screen.findByText(/nothing was typed for 20 minutes/)).toBeInTheDocument();
  const query = asked[0]?.query;
  expect(query?.get("state")).toBe("history");
  expect(query?.get("status")).toBe("Terminated");
  expect(query?.getAll("text")).toEqual(["deploy"]);
  const age = Date.now() - Date.parse(query?.get("from") ?? "");
  expect(age).toBeGreaterThanOrEqual(2 * 3_600_000);
  expect(age).toBeLessThan(3 * 3_600_000);
});

it("asks for no time when none was chosen", async () => {
  const asked = answering({ "GET /sessions": () => ({ body: { items: [], next: null } }) });
  showPage(History, "/sessions/history?within=whenever");
  expect(await screen.findByText("No past sessions")).toBeInTheDocument();
  expect(asked[0]?.query.has("from")).toBe(false);
});
