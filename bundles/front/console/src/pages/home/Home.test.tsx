import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { showPage } from "../../testing/page";
import { node, session } from "../../testing/samples";
import { answering, problem } from "../../testing/server";
import Home from "./Home";

const about = { version: "1.0", region: "onprem-1", accountId: "000000000001", channel: "wss://here" };

it("counts what there is, as far as it was asked, and counts again when something changes", async () => {
  let items = [node("mi-1"), node("mi-2", { connected: false })];
  answering({
    "GET /nodes": () => ({ body: { items, next: null } }),
    "GET /sessions": () => ({ body: { items: [session("admin-1"), session("bob-1", { mine: false })], next: "more" } }),
    "GET /server": () => ({ body: about }),
  });
  const { tell } = showPage(Home, "/");
  expect(await screen.findByRole("link", { name: "Managed nodes: 2" })).toBeInTheDocument();
  expect(screen.getByText("1 connected")).toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "Active sessions: more than 2" })).toBeInTheDocument();
  expect(screen.getByText("1 of them yours")).toBeInTheDocument();
  expect(await screen.findByText("wss://here")).toBeInTheDocument();
  items = [node("mi-1")];
  act(() => tell({ kind: "nodes", ids: [] }));
  expect(await screen.findByRole("link", { name: "Managed nodes: 1" })).toBeInTheDocument();
});

it("shows a part to who may see only that", async () => {
  answering({
    "GET /nodes": () => ({ body: { items: [node("mi-1")], next: null } }),
    "GET /sessions": () => problem("access-denied", 403, "alice may not ssm:DescribeSessions."),
    "GET /server": () => problem("access-denied", 403, "No."),
  });
  showPage(Home, "/");
  expect(await screen.findByRole("link", { name: "Managed nodes: 1" })).toBeInTheDocument();
  expect(await screen.findByText("alice may not ssm:DescribeSessions.")).toBeInTheDocument();
  expect(screen.queryByText("This server")).not.toBeInTheDocument();
});
