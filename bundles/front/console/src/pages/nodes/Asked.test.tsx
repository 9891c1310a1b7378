import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { ManagedNode } from "../../api/calls";
import { notices } from "../../app/notices";
import { showPage, tell } from "../../testing/pages";
import { node } from "../../testing/samples";
import { answering, problem, type Asked as Call } from "../../testing/server";
import Nodes from "./Nodes";

/** The list, those that wait, and those of which another machine shows the key. */
const lists =
  (waiting: () => ManagedNode[], doubted: ManagedNode[] = []) =>
  ({ query }: Call) => ({
    body: {
      items: query.has("question") ? doubted : query.get("state") === "PENDING" ? waiting() : [node("mi-9")],
      next: null,
    },
  });

const show = () => showPage(Nodes, "/nodes", "/nodes");
const pending = (id: string) => node(id, { state: "PENDING", connected: false });

it("counts the nodes that wait, and lets one in with one click", async () => {
  let waiting = [pending("mi-1"), pending("mi-2")];
  const asked = answering({
    "GET /nodes": lists(() => waiting),
    "POST /nodes/mi-1/approval": () => {
      waiting = waiting.slice(1);
      return { status: 204 };
    },
  });
  show();
  expect(await screen.findByText("2 nodes wait for approval")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Approve name of mi-1" }));
  expect(await screen.findByText("1 node waits for approval")).toBeInTheDocument();
  expect(asked.filter((one) => one.method === "POST").map((one) => one.path)).toEqual(["/nodes/mi-1/approval"]);
});

it("refuses one with one click", async () => {
  let waiting = [pending("mi-1")];
  const asked = answering({
    "GET /nodes": lists(() => waiting),
    "DELETE /nodes/mi-1": () => {
      waiting = [];
      return { status: 204 };
    },
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Refuse name of mi-1" }));
  await waitFor(() => expect(screen.queryByText(/waits for approval/)).not.toBeInTheDocument());
  expect(asked.some((one) => one.method === "DELETE")).toBe(true);
});

it("says why when somebody may not approve, and leaves the node there", async () => {
  answering({
    "GET /nodes": lists(() => [pending("mi-1")]),
    "POST /nodes/mi-1/approval": () => problem("access-denied", 403, "bob may not sallyport:ApproveManagedInstance."),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Approve name of mi-1" }));
  await waitFor(() => expect(notices.get()[0]?.text).toContain("ApproveManagedInstance"));
  expect(screen.getByText("1 node waits for approval")).toBeInTheDocument();
});

it("shows a node that comes to wait while the list is looked at", async () => {
  let waiting: ManagedNode[] = [];
  answering({ "GET /nodes": lists(() => waiting) });
  show();
  await screen.findByText("name of mi-9");
  expect(screen.queryByText(/for approval/)).not.toBeInTheDocument();
  waiting = [pending("mi-1")];
  tell("nodes");
  expect(await screen.findByText("1 node waits for approval")).toBeInTheDocument();
});

it("leads to a node of which another machine shows the key", async () => {
  answering({ "GET /nodes": lists(() => [], [node("mi-5")]) });
  show();
  expect(await screen.findByText("Another machine shows the key of 1 node")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "name of mi-5" })).toHaveAttribute("href", "/console/nodes/mi-5");
});
