import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { showPage } from "../../testing/pages";
import { answering } from "../../testing/server";
import CreateActivation from "./CreateActivation";

const show = () => showPage(CreateActivation, "/activations/create", "/activations/create");
const create = () => userEvent.click(screen.getByRole("button", { name: "Create activation" }));

it("asks for approval and ranges of addresses when they are wanted", async () => {
  const asked = answering({
    "POST /activations": () => ({ status: 201, body: { id: "a-1", code: "secret", enrol: "line", lines: {} } }),
  });
  show();
  await userEvent.type(screen.getByLabelText(/Default name/), "web");
  await userEvent.click(screen.getByRole("button", { name: "Who may register" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "A person lets each node in" }));
  await userEvent.type(screen.getByLabelText(/Ranges of addresses/), "192.0.2.0/24, 2001:db8::/32");
  await create();
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.body).toMatchObject({
    defaultName: "web",
    expiresInHours: 24,
    sources: ["192.0.2.0/24", "2001:db8::/32"],
    approval: true,
  });
});

it("unfolds what is wrong", async () => {
  const asked = answering({});
  show();
  const fold = screen.getByRole("button", { name: "Who may register" });
  await userEvent.click(fold);
  await userEvent.type(screen.getByLabelText(/Ranges of addresses/), "the office");
  await userEvent.click(fold);
  expect(fold).toHaveAttribute("aria-expanded", "false");
  await create();
  expect(await screen.findByText(/the is no range/)).toBeInTheDocument();
  expect(fold).toHaveAttribute("aria-expanded", "true");
  expect(asked).toHaveLength(0);
});

it.each([
  ["https://localhost:8443", true],
  ["https://127.0.0.1:8443", true],
  ["https://sally.example:8443", false],
])("says when a line leads nowhere from other machines: %s", async (address, told) => {
  const linux = `sh -c 'x' enrol ${address} aa bb --channel-url ${address} --id a-1`;
  answering({
    "POST /activations": () => ({ status: 201, body: { id: "a-1", code: "secret", enrol: "line", lines: { linux } } }),
  });
  show();
  await create();
  expect(await screen.findByText(linux)).toBeInTheDocument();
  expect(screen.queryByText("Only the server's own machine can use this line") !== null).toBe(told);
});
