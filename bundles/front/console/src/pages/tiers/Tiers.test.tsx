import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { notices } from "../../app/notices";
import { showPage, tell } from "../../testing/pages";
import { session } from "../../testing/samples";
import { answering, problem } from "../../testing/server";
import Tiers from "./Tiers";

const at = "2026-01-01T00:00:00Z";
const ADVANCED = { value: "advanced", status: "Customized", changedAt: at, changedBy: "arn:aws:iam::1:user/ann" };
const STANDARD = { value: "standard", status: "Default", changedAt: at, changedBy: "System" };
const NO_ROLE = { value: "$None", status: "Default", changedAt: at, changedBy: "System" };

const totals = (items: unknown[] = [], next: string | null = null) => ({ body: { items, next } });

const always = (tier: () => unknown): Parameters<typeof answering>[0] => ({
  "GET /settings/tier": () => ({ body: tier() }),
  "GET /settings/default-role": () => ({ body: NO_ROLE }),
  "GET /usage/totals": () => totals(),
});

const show = (address = "/tiers") => showPage(Tiers, "/tiers", address);
const dialog = async () => within(await screen.findByRole("dialog"));

beforeEach(() => {
  URL.createObjectURL = vi.fn(() => "blob:here");
  URL.revokeObjectURL = vi.fn();
});

it("says what ends before it switches to standard, and shows the new tier", async () => {
  let tier: unknown = ADVANCED;
  const asked = answering({
    ...always(() => tier),
    "GET /sessions": () => ({
      body: { items: [session("a-1"), session("a-2", { target: "i-1" })], next: null },
    }),
    "PUT /settings/tier": () => {
      tier = { ...ADVANCED, value: "standard" };
      return { body: tier };
    },
  });
  show();
  await userEvent.click(await screen.findByText("Switch to standard"));
  const asking = await dialog();
  expect(await asking.findByText("One active session to a hybrid node ends")).toBeInTheDocument();
  await userEvent.click(asking.getByRole("button", { name: "Switch to standard" }));
  expect(await screen.findByText("Switch to advanced")).toBeInTheDocument();
  expect(asked.find((one) => one.method === "PUT")?.body).toEqual({ value: "standard" });
});

it("shows why standard is refused", async () => {
  answering({
    ...always(() => ADVANCED),
    "GET /sessions": () => ({ body: { items: [], next: null } }),
    "PUT /settings/tier": () =>
      problem("setting-refused", 409, "There are 1200 hybrid nodes. The standard-instances tier has no room."),
  });
  show();
  await userEvent.click(await screen.findByText("Switch to standard"));
  const asking = await dialog();
  await userEvent.click(asking.getByRole("button", { name: "Switch to standard" }));
  expect(await asking.findByText(/There are 1200 hybrid nodes/)).toBeInTheDocument();
});

it("resets to the default, and offers that only when it is something else", async () => {
  let tier: unknown = ADVANCED;
  const asked = answering({
    ...always(() => tier),
    "GET /sessions": () => ({ body: { items: [], next: null } }),
    "DELETE /settings/tier": () => {
      tier = STANDARD;
      return { body: STANDARD };
    },
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Reset to default" }));
  await userEvent.click((await dialog()).getByRole("button", { name: "Reset" }));
  await waitFor(() =>
    expect(screen.getByRole("button", { name: "Reset to default" })).toHaveAttribute("aria-disabled", "true"),
  );
  expect(asked.some((one) => one.method === "DELETE")).toBe(true);
});

it("looks again by itself while a change is not through", async () => {
  let status = "PendingUpdate";
  answering(always(() => ({ ...STANDARD, status, changedBy: "arn:x" })));
  show();
  expect(await screen.findByText(/sessions are being ended/)).toBeInTheDocument();
  status = "Customized";
  await waitFor(() => expect(screen.queryByText(/sessions are being ended/)).not.toBeInTheDocument());
});

it("sets the default role, and takes an empty one for none", async () => {
  const asked = answering({
    ...always(() => STANDARD),
    "PUT /settings/default-role": ({ body }) => ({ body: { ...NO_ROLE, ...(body as object), status: "Customized" } }),
  });
  show();
  for (const [typed, sent] of [
    ["service-role/Web", "service-role/Web"],
    ["", "$None"],
  ] as const) {
    await userEvent.click(await screen.findByRole("button", { name: "Change default role" }));
    const asking = await dialog();
    await userEvent.clear(asking.getByRole("textbox"));
    if (typed) {
      await userEvent.type(asking.getByRole("textbox"), typed);
    }
    await userEvent.click(asking.getByRole("button", { name: "Change" }));
    await waitFor(() => expect(asked.filter((one) => one.method === "PUT").at(-1)?.body).toEqual({ value: sent }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  }
});

it("shows node-hours of what the address asks for", async () => {
  const asked = answering({
    ...always(() => STANDARD),
    "GET /usage/totals": () => totals([{ name: "team", value: "blue", nodes: 2, onlineSeconds: 5400 }]),
  });
  show("/tiers?by=tag&from=2026-01-02&to=2026-01-31");
  expect((await screen.findByText("team=blue")).closest("a")).toHaveAttribute("href", "/console/nodes?tag=team%3Dblue");
  expect(screen.getByText("1.50")).toBeInTheDocument();
  const query = asked.find((one) => one.path === "/usage/totals")?.query;
  expect([query?.get("by"), query?.get("from"), query?.get("to")]).toEqual(["tag", "2026-01-02", "2026-01-31"]);
});

it("adds up by another thing when it is asked to, and keeps that in the address", async () => {
  const asked = answering({
    ...always(() => STANDARD),
    "GET /usage/totals": ({ query }) =>
      query.get("by") === "node"
        ? totals([{ name: "mi-1", value: "advanced", nodes: 1, onlineSeconds: 36 }])
        : totals([{ name: "advanced", value: "", nodes: 1, onlineSeconds: 36 }]),
  });
  show();
  await screen.findByText("0.01");
  await userEvent.click(screen.getByText("Node"));
  expect(await screen.findByText("mi-1")).toBeInTheDocument();
  expect(location.search).toContain("by=node");
  tell("nodes");
  await waitFor(() => expect(asked.filter((one) => one.query.get("by") === "node").length).toBeGreaterThanOrEqual(2));
});

it("gives a file with the days in its name, and the server's words when there is none", async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  answering({
    ...always(() => STANDARD),
    "GET /usage/csv": () => ({ body: "day,node" }),
    "GET /usage/json": () => problem("invalid-argument", 400, "There are more than 100000 rows; ask for fewer days."),
  });
  show("/tiers?from=2026-01-02&to=2026-01-31");
  await userEvent.click(await screen.findByRole("button", { name: "Export CSV" }));
  await waitFor(() => expect(saved).toEqual(["node-hours-2026-01-02-2026-01-31.csv"]));
  await userEvent.click(screen.getByRole("button", { name: "Export JSON" }));
  await waitFor(() => expect(notices.get()[0]?.text).toContain("fewer days"));
  expect(saved).toHaveLength(1);
});
