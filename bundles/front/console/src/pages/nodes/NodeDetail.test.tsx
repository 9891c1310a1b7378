import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { ManagedNode } from "../../api/calls";
import { notices } from "../../app/notices";
import { showPage, tell } from "../../testing/pages";
import { node, session } from "../../testing/samples";
import { answering, problem } from "../../testing/server";
import NodeDetail from "./NodeDetail";

const TIER = { value: "advanced", status: "Customized", changedAt: "2026-01-01T00:00:00Z", changedBy: "arn:x" };

function show(one: Partial<ManagedNode> = {}, more: Parameters<typeof answering>[0] = {}) {
  const asked = answering({
    "GET /nodes/mi-1": () => ({ body: node("mi-1", one) }),
    "GET /settings/tier": () => ({ body: TIER }),
    "GET /sessions": () => ({ body: { items: [], next: null } }),
    ...more,
  });
  return { asked, ...showPage(NodeDetail, "/nodes/:id", "/nodes/mi-1") };
}

/** Types into a field of the editor of tags, counted from its end. What finds fields by role is slow with so many. */
const write = (field: number, text: string) =>
  fireEvent.change([...document.querySelectorAll("input[role=combobox]")].at(field) as Element, {
    target: { value: text },
  });

const dialog = async () => within(await screen.findByRole("dialog"));

it("shows what the node is, and by what it proved it", async () => {
  show();
  expect(await screen.findByRole("heading", { level: 1, name: "name of mi-1" })).toBeInTheDocument();
  expect(screen.getByText("Debian 12")).toBeInTheDocument();
  expect(screen.getByText("sallyport-agent 0.1")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Activation a-1" })).toHaveAttribute("href", "/console/activations/a-1");
  expect(await screen.findByRole("link", { name: "advanced" })).toBeInTheDocument();
});

it("names a token's subject, and asks for no tier of a cloud instance", async () => {
  const { asked } = show({ activationId: null, provenBy: "oidc", subject: "ci-runner", hybrid: false });
  expect(await screen.findByText("A token of an identity provider: ci-runner")).toBeInTheDocument();
  expect(asked.map((one) => one.path)).not.toContain("/settings/tier");
});

it("changes tags: sets the new one and removes the old one, nothing else", async () => {
  let tags: Record<string, string> = { team: "blue", stage: "test" };
  const { asked } = show(
    {},
    {
      "GET /nodes/mi-1": () => ({ body: node("mi-1", { tags }) }),
      "POST /nodes/mi-1/tags": () => {
        tags = { team: "blue", owner: "ops" };
        return { status: 204 };
      },
    },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Edit tags" }));
  fireEvent.click((await screen.findAllByText("Remove"))[0] as HTMLElement);
  fireEvent.click(await screen.findByText("Add new tag"));
  write(-2, "owner");
  write(-1, "ops");
  fireEvent.click(screen.getByText("Save tags"));
  expect(await screen.findByText("owner=ops")).toBeInTheDocument();
  expect(asked.find((one) => one.method === "POST")?.body).toEqual({ set: { owner: "ops" }, remove: ["stage"] });
});

it("keeps what was typed when tags are refused, and says why", async () => {
  show(
    { tags: { team: "blue" } },
    { "POST /nodes/mi-1/tags": () => problem("too-many-tags", 429, "At most 50 tags are taken.") },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Edit tags" }));
  fireEvent.click((await screen.findAllByText("Remove"))[0] as HTMLElement);
  fireEvent.click(screen.getByText("Save tags"));
  expect(await screen.findByText(/At most 50 tags/)).toBeInTheDocument();
  expect(screen.getByText("Save tags")).toBeInTheDocument();
});

it("does not let a tag of AWS's be saved", async () => {
  const { asked } = show();
  await userEvent.click(await screen.findByRole("button", { name: "Edit tags" }));
  fireEvent.click(await screen.findByText("Add new tag"));
  write(-2, "aws:team");
  await waitFor(() => expect(screen.getByText("Save tags").closest("button")).toBeDisabled());
  expect(asked.some((one) => one.method === "POST")).toBe(false);
});

it("lets a node in that waits", async () => {
  let state = "PENDING";
  const { asked } = show(
    {},
    {
      "GET /nodes/mi-1": () => ({ body: node("mi-1", { state, connected: false }) }),
      "POST /nodes/mi-1/approval": () => {
        state = "ACTIVE";
        return { status: 204 };
      },
    },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Approve name of mi-1" }));
  await waitFor(() => expect(screen.queryByText("This node waits for approval")).not.toBeInTheDocument());
  expect(asked.some((one) => one.method === "POST" && one.path === "/nodes/mi-1/approval")).toBe(true);
  expect(notices.get()[0]?.title).toBe("name of mi-1 was let in");
});

const other = { fingerprint: "f-2", from: "192.0.2.9", seenAt: "2026-01-01T00:00:00Z", refused: false };

it("asks whether another machine is the node, by the fingerprint that was shown", async () => {
  const { asked } = show({ otherMachines: [other] }, { "POST /nodes/mi-1/machine": () => ({ status: 204 }) });
  expect(await screen.findByText("Is another machine this node?")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "It is not" }));
  await waitFor(() =>
    expect(asked.find((one) => one.method === "POST")?.body).toEqual({ fingerprint: "f-2", accept: false }),
  );
  await userEvent.click(screen.getByRole("button", { name: "It is the node" }));
  const asking = await dialog();
  expect(asking.getByText(/loses its credentials/)).toBeInTheDocument();
  await userEvent.click(asking.getByRole("button", { name: "It is the node" }));
  await waitFor(() =>
    expect(asked.filter((one) => one.method === "POST").at(-1)?.body).toEqual({ fingerprint: "f-2", accept: true }),
  );
});

it("does not ask again about a machine that was refused", async () => {
  show({ otherMachines: [{ ...other, refused: true }] });
  expect(await screen.findByText("Another machine with this node's key was refused")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "It is not" })).not.toBeInTheDocument();
});

it("says how many sessions end before it deregisters, and leads back to the list", async () => {
  const { asked } = show(
    {},
    {
      "GET /sessions": () => ({ body: { items: [session("admin-1"), session("admin-2")], next: null } }),
      "DELETE /nodes/mi-1": () => ({ status: 204 }),
    },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Actions" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Deregister" }));
  const asking = await dialog();
  expect(await asking.findByText(/2 active sessions end/)).toBeInTheDocument();
  expect(asked.some((one) => one.method === "DELETE")).toBe(false);
  await userEvent.click(asking.getByRole("button", { name: "Deregister" }));
  await waitFor(() => expect(location.pathname).toBe("/console/nodes"));
  expect(asked.some((one) => one.method === "DELETE" && one.path === "/nodes/mi-1")).toBe(true);
});

it("changes the role, and stays open with what is wrong", async () => {
  show({}, { "PUT /nodes/mi-1/role": () => problem("role-unknown", 400, "There is no role Nobody.") });
  await userEvent.click(await screen.findByRole("button", { name: "Actions" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Change role" }));
  const asking = await dialog();
  await userEvent.clear(asking.getByRole("textbox", { name: "Role" }));
  await userEvent.type(asking.getByRole("textbox", { name: "Role" }), "Nobody");
  await userEvent.click(asking.getByRole("button", { name: "Change role" }));
  expect(await asking.findByText("There is no role Nobody.")).toBeInTheDocument();
});

it("reads the audit trail only when it is wanted", async () => {
  const { asked } = show(
    {},
    {
      "GET /audit": () => ({
        body: {
          items: [
            {
              sequence: 1,
              id: "e-1",
              time: "2026-01-01T00:00:00Z",
              source: "nodes.sallyport",
              name: "NodeSecondChannel",
              readOnly: false,
              user: null,
              accessKeyId: null,
              sourceAddress: "192.0.2.8",
              errorCode: null,
              resources: [],
              record: JSON.stringify({ requestParameters: { older: "192.0.2.7", decision: "replace" } }),
            },
          ],
          next: null,
        },
      }),
    },
  );
  const tab = await screen.findByRole("tab", { name: "Events" });
  expect(asked.map((one) => one.path)).not.toContain("/audit");
  await userEvent.click(tab);
  expect(await screen.findByText("Second control channel")).toBeInTheDocument();
  expect(asked.find((one) => one.path === "/audit")?.query.get("resource")).toBe("mi-1");
});

it("says that the node is gone when it is, also while it was shown", async () => {
  let gone = false;
  show(
    {},
    {
      "GET /nodes/mi-1": () =>
        gone
          ? problem("node-unknown", 404, "There is no managed node of that id; it may have been deregistered.")
          : { body: node("mi-1") },
    },
  );
  await screen.findByRole("button", { name: "Edit tags" });
  gone = true;
  tell("nodes");
  expect(await screen.findByText(/may have been deregistered/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Edit tags" })).not.toBeInTheDocument();
});
