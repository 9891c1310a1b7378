import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renameUser } from "../../api/access";
import { answering, problem } from "../../testing/server";
import { KeysPart } from "./KeysPart";
import { userAt } from "./places";
import { Rename } from "./Rename";
import { show } from "./testing";
import Users from "./Users";

const bob = {
  id: "AIDA1",
  name: "bob",
  path: "/",
  arn: "arn:aws:iam::123456789012:user/bob",
  createdAt: "2026-01-01T00:00:00Z",
  passwordUsedAt: null,
  boundary: null,
  tags: {},
};
const key = { accessKeyId: "AKIA1", active: true, createdAt: "2026-01-01T00:00:00Z" };

it("lists users by the part of the name that the address has", async () => {
  const asked = answering({ "GET /users": () => ({ body: { items: [bob], next: null } }) });
  show(<Users />, "/console/access/users?text=bo");
  const link = await screen.findByRole("link", { name: "bob" });
  expect(link).toHaveAttribute("href", "/console/access/users/user?name=bob");
  expect(asked[0]?.query.get("text")).toBe("bo");
});

it("creates a user and shows its page, and says why it cannot", async () => {
  let taken = true;
  const asked = answering({
    "GET /users": () => ({ body: { items: [], next: null } }),
    "POST /users": () =>
      taken ? problem("entity-already-exists", 409, "User with name bob already exists.") : { status: 201, body: bob },
  });
  show(<Users />, "/console/access/users");
  const person = userEvent.setup();
  await person.click((await screen.findAllByRole("button", { name: "Create user" }))[0] as HTMLElement);
  const dialog = within(screen.getByRole("dialog"));
  await person.type(dialog.getByLabelText("User name"), "bob{Enter}");
  expect(await dialog.findByText(/already exists/)).toBeInTheDocument();
  taken = false;
  await person.click(dialog.getByRole("button", { name: "Create user" }));
  await waitFor(() => expect(location.pathname + location.search).toBe("/console/access/users/user?name=bob"));
  expect(asked.findLast((one) => one.method === "POST")?.body).toEqual({ name: "bob" });
});

it("renames a user, and shows it under its new name", async () => {
  const asked = answering({
    "PUT /users/bob": () => ({ status: 204 }),
  });
  const renamed = vi.fn();
  show(<Rename what="user" one={bob} longest={64} rename={renameUser} at={userAt} onPath={renamed} />);
  const person = userEvent.setup();
  await person.click(screen.getByRole("button", { name: "Rename" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByRole("button", { name: "Rename" })).toBeDisabled();
  await person.clear(dialog.getByLabelText("Path"));
  await person.type(dialog.getByLabelText("Path"), "/ops/");
  await person.type(dialog.getByLabelText("Name"), "by{Enter}");
  await waitFor(() => expect(location.pathname + location.search).toBe("/console/access/users/user?name=bobby"));
  expect(asked.at(-1)?.body).toEqual({ name: "bobby", path: "/ops/" });
  expect(renamed).not.toHaveBeenCalled();
});

it("shows the secret of a new key once and keeps it nowhere", async () => {
  answering({
    "GET /users/bob/keys": () => ({ body: { items: [key], next: null } }),
    "GET /users/bob/keys/AKIA1/use": () => ({ body: { usedAt: null, service: null, region: null } }),
    "POST /users/bob/keys": () => ({ status: 201, body: { accessKeyId: "AKIA1", secretAccessKey: "the-secret" } }),
  });
  show(<KeysPart user="bob" />);
  await userEvent.click(await screen.findByRole("button", { name: "Create access key" }));
  expect(await screen.findByText("the-secret")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(screen.queryByText("the-secret")).not.toBeInTheDocument());
  expect(JSON.stringify(localStorage) + JSON.stringify(sessionStorage)).not.toContain("the-secret");
});

it("asks before a key is turned off or deleted", async () => {
  const asked = answering({
    "GET /users/bob/keys": () => ({ body: { items: [key], next: null } }),
    "GET /users/bob/keys/AKIA1/use": () => ({ body: { usedAt: null, service: null, region: null } }),
    "PUT /users/bob/keys/AKIA1": () => ({ status: 204 }),
    "DELETE /users/bob/keys/AKIA1": () => ({ status: 204 }),
  });
  show(<KeysPart user="bob" />);
  await userEvent.click(await screen.findByRole("button", { name: "Deactivate AKIA1" }));
  expect(asked.some((one) => one.method === "PUT")).toBe(false);
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Deactivate" }));
  await waitFor(() => expect(asked.find((one) => one.method === "PUT")?.body).toEqual({ active: false }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await userEvent.click(screen.getByRole("button", { name: "Delete AKIA1" }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel" }));
  expect(asked.some((one) => one.method === "DELETE")).toBe(false);
});
