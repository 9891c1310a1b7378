import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Activation } from "../../api/calls";
import { showPage } from "../../testing/page";
import { answering, problem } from "../../testing/server";
import Activations from "./Activations";
import CreateActivation from "./CreateActivation";

const activation = (id: string, more: Partial<Activation> = {}): Activation => ({
  id,
  description: `for ${id}`,
  defaultName: null,
  role: "SSMServiceRole",
  limit: 2,
  used: 1,
  expiresAt: "2126-01-01T00:00:00Z",
  expired: false,
  createdAt: "2026-01-01T00:00:00Z",
  tags: {},
  sources: [],
  approval: false,
  ...more,
});

it("tells which activations still let a machine in", async () => {
  answering({
    "GET /activations": () => ({
      body: {
        items: [activation("a-1"), activation("a-2", { used: 2 }), activation("a-3", { expired: true })],
        next: null,
      },
    }),
  });
  showPage(Activations, "/activations");
  const row = async (id: string) => within((await screen.findByText(id)).closest("tr") as HTMLElement);
  expect((await row("a-1")).getByText("Open")).toBeInTheDocument();
  expect((await row("a-1")).getByText("1 of 2")).toBeInTheDocument();
  expect((await row("a-2")).getByText("Used up")).toBeInTheDocument();
  expect((await row("a-3")).getByText("Expired")).toBeInTheDocument();
});

it("deletes one after a question", async () => {
  let items = [activation("a-1")];
  const asked = answering({
    "GET /activations": () => ({ body: { items, next: null } }),
    "DELETE /activations/a-1": () => {
      items = [];
      return { status: 204 };
    },
  });
  showPage(Activations, "/activations");
  await userEvent.click(await screen.findByRole("button", { name: "Delete a-1" }));
  const dialog = await screen.findByRole("dialog");
  expect(asked.every((one) => one.method === "GET")).toBe(true);
  await userEvent.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No activations")).toBeInTheDocument();
});

const text = (content: Blob) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => {
      done(reader.result);
    };
    reader.readAsText(content);
  });

it("asks for nothing that cannot be, and shows the code once it is made", async () => {
  const made = {
    id: "a-9",
    code: "the-secret-code",
    enrol: "sallyport-agent register --id a-9",
    lines: { linux: "install-a-9", windows: "& { } --id a-9" },
    amazonScript: "#!/bin/sh\namazon-ssm-agent -register -id a-9\n",
  };
  const answers = [problem("access-denied", 403, "admin may not ssm:CreateActivation."), { status: 201, body: made }];
  const asked = answering({ "POST /activations": () => answers.shift() ?? { status: 500 } });
  showPage(CreateActivation, "/activations/create");
  const limit = screen.getByLabelText("Node limit");
  const create = screen.getByRole("button", { name: "Create activation" });
  await userEvent.clear(limit);
  await userEvent.type(limit, "1001");
  await userEvent.click(create);
  expect(await screen.findByText("A whole number from 1 to 1000.")).toBeInTheDocument();
  expect(asked).toHaveLength(0);
  await userEvent.clear(limit);
  await userEvent.type(limit, "3");
  await userEvent.click(create);
  expect(await screen.findByText(/may not ssm:CreateActivation/)).toBeInTheDocument();
  await userEvent.click(create);
  await waitFor(() => expect(screen.getAllByText("the-secret-code").length).toBeGreaterThan(0));
  expect(screen.getByText(made.lines.linux)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("tab", { name: "Windows" }));
  expect(screen.getByText(made.lines.windows)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("tab", { name: "macOS" }));
  expect(screen.getByText("This server has no package of the agent for macOS.")).toBeInTheDocument();
  const saved = vi.fn((content: Blob) => `blob:${String(content.size)}`);
  URL.createObjectURL = saved as typeof URL.createObjectURL;
  await userEvent.click(screen.getByRole("button", { name: "Save the script" }));
  expect(saved).toHaveBeenCalledOnce();
  expect(await text(saved.mock.calls[0]?.[0] ?? new Blob())).toBe(made.amazonScript);
  expect(asked.at(-1)?.body).toMatchObject({ limit: 3, expiresInHours: 24 });
  expect(location.href + JSON.stringify(localStorage) + JSON.stringify(history.state)).not.toContain("the-secret-code");
});
