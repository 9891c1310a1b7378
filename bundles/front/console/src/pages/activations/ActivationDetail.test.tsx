import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Activation } from "../../api/calls";
import { showPage } from "../../testing/pages";
import { node } from "../../testing/samples";
import { answering } from "../../testing/server";
import ActivationDetail from "./ActivationDetail";

const activation = (more: Partial<Activation> = {}): Activation => ({
  id: "a-1",
  description: "web servers",
  defaultName: "web",
  role: "SSMServiceRole",
  limit: 5,
  used: 1,
  expiresAt: "2099-01-01T00:00:00Z",
  expired: false,
  createdAt: "2026-01-01T00:00:00Z",
  tags: { team: "blue" },
  sources: ["192.0.2.0/24", "2001:db8::/32"],
  approval: true,
  ...more,
});

const list = (items: unknown[]) => ({ body: { items, next: null } });
const show = () => showPage(ActivationDetail, "/activations/:id", "/activations/a-1");

it("shows what it allows and who used it", async () => {
  const asked = answering({
    "GET /activations": () => list([activation()]),
    "GET /nodes": () => list([node("mi-1")]),
  });
  show();
  expect(await screen.findByRole("heading", { level: 1, name: "web servers" })).toBeInTheDocument();
  expect(screen.getByText("1 of 5")).toBeInTheDocument();
  expect(screen.getByText("192.0.2.0/24, 2001:db8::/32")).toBeInTheDocument();
  expect(screen.getByText("A person lets each node in")).toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "name of mi-1" })).toHaveAttribute("href", "/console/nodes/mi-1");
  const nodes = asked.find((one) => one.path === "/nodes")?.query;
  expect(nodes?.getAll("activation")).toEqual(["a-1"]);
  expect(nodes?.getAll("state")).toEqual(["ACTIVE", "PENDING", "LEAVING"]);
  expect(asked.find((one) => one.path === "/activations")?.query.getAll("id")).toEqual(["a-1"]);
});

it("asks before it deletes, and says that nodes stay", async () => {
  const asked = answering({
    "GET /activations": () => list([activation()]),
    "GET /nodes": () => list([]),
    "DELETE /activations/a-1": () => ({ status: 204 }),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
  const asking = within(await screen.findByRole("dialog"));
  expect(asking.getByText(/registered with it stay/)).toBeInTheDocument();
  expect(asked.some((one) => one.method === "DELETE")).toBe(false);
  await userEvent.click(asking.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(location.pathname).toBe("/console/activations"));
});

it("shows the nodes of one that was deleted", async () => {
  answering({ "GET /activations": () => list([]), "GET /nodes": () => list([node("mi-1")]) });
  show();
  expect(await screen.findByText("There is no such activation")).toBeInTheDocument();
  expect(await screen.findByText("name of mi-1")).toBeInTheDocument();
});
