import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Router } from "wouter";
import { expect, it, vi } from "vitest";
import type { Change } from "../../api/events";
import { notices } from "../../app/notices";
import { ChangesContext } from "../../app/useChanges";
import { node } from "../../testing/samples";
import { answering as answer, problem, type Asked } from "../../testing/server";
import Nodes from "./Nodes";

const listeners = new Set<(change: Change) => void>();
const changes = {
  subscribe: (listener: (change: Change) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Answers for the list alone: nothing is asked of a person. */
function answering(answers: Parameters<typeof answer>[0]): Asked[] {
  const list = answers["GET /nodes"] as NonNullable<(typeof answers)[string]>;
  const asked: Asked[] = [];
  answer({
    ...Object.fromEntries(
      Object.entries(answers).map(([name, one]) => [name, (call: Asked) => (asked.push(call), one(call))]),
    ),
    "GET /nodes": (call) => {
      if (call.query.has("state")) {
        return { body: { items: [], next: null } };
      }
      asked.push(call);
      return list(call);
    },
  });
  return asked;
}

function show(address = "/console/nodes") {
  history.replaceState(null, "", address);
  return render(
    <I18nProvider locale="en" messages={[messages]}>
      <Router base="/console">
        <ChangesContext.Provider value={changes}>
          <Nodes />
        </ChangesContext.Provider>
      </Router>
    </I18nProvider>,
  );
}

it("shows the nodes that the address asks for", async () => {
  const asked = answering({ "GET /nodes": () => ({ body: { items: [node("mi-1")], next: null } }) });
  show("/console/nodes?text=web&status=Online&status=Inactive&tag=team%3Da");
  expect(await screen.findByText("name of mi-1")).toBeInTheDocument();
  const query = asked[0]?.query;
  expect(query?.getAll("text")).toEqual(["web"]);
  expect(query?.getAll("status")).toEqual(["Online", "Inactive"]);
  expect(query?.getAll("tag")).toEqual(["team=a"]);
  expect(query?.get("max")).toBe("20");
});

it("asks for the next page by the server's key, and for nothing else", async () => {
  const asked = answering({
    "GET /nodes": ({ query }) =>
      query.get("next") === "key-1"
        ? { body: { items: [node("mi-2")], next: null } }
        : { body: { items: [node("mi-1")], next: "key-1" } },
  });
  show();
  await screen.findByText("name of mi-1");
  expect(asked).toHaveLength(1);
  await userEvent.click(screen.getAllByRole("button", { name: "Next page" })[0] as HTMLElement);
  expect(await screen.findByText("name of mi-2")).toBeInTheDocument();
  expect(screen.queryByText("name of mi-1")).not.toBeInTheDocument();
  expect(asked).toHaveLength(2);
});

it("shows what a node says as text only", async () => {
  const hostile = '<img src=x onerror="alert(1)"><b>web</b>';
  answering({ "GET /nodes": () => ({ body: { items: [node("mi-1", { name: hostile })], next: null } }) });
  const { container } = show();
  expect(await screen.findByText(hostile)).toBeInTheDocument();
  expect(container.querySelector("img")).toBeNull();
});

it("reads the list again when the server tells of a change", async () => {
  let name = "before";
  answering({ "GET /nodes": () => ({ body: { items: [node("mi-1", { name })], next: null } }) });
  show();
  await screen.findByText("before");
  name = "after";
  act(() => listeners.forEach((listener) => listener({ kind: "nodes", ids: ["mi-1"] })));
  expect(await screen.findByText("after")).toBeInTheDocument();
});

it("starts a session in a tab that was opened at the click, without a token in its address", async () => {
  const tab = {
    document: document.implementation.createHTMLDocument(),
    closed: false,
    opener: window,
    location: { replace: vi.fn() },
    close: vi.fn(),
  };
  const open = vi.spyOn(window, "open").mockReturnValue(tab as unknown as Window);
  const asked = answering({
    "GET /nodes": () => ({ body: { items: [node("mi-1")], next: null } }),
    "POST /sessions": () => {
      expect(open).toHaveBeenCalledOnce();
      return { status: 201, body: { sessionId: "admin-1", token: "secret-token", streamUrl: "wss://x/y" } };
    },
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Start session on name of mi-1" }));
  await waitFor(() => expect(tab.location.replace).toHaveBeenCalledWith("/console/terminal.html?session=admin-1"));
  expect(asked.at(-1)?.body).toEqual({ target: "mi-1" });
  expect(JSON.stringify(localStorage)).not.toContain("secret-token");
});

it("closes the tab again and says why when no session starts", async () => {
  const tab = {
    document: document.implementation.createHTMLDocument(),
    closed: false,
    location: { replace: vi.fn() },
    close: vi.fn(),
  };
  vi.spyOn(window, "open").mockReturnValue(tab as unknown as Window);
  answering({
    "GET /nodes": () => ({ body: { items: [node("mi-1")], next: null } }),
    "POST /sessions": () => problem("target-not-connected", 409, "The node is not connected; start its agent."),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Start session on name of mi-1" }));
  await waitFor(() => expect(tab.close).toHaveBeenCalled());
  expect(notices.get()[0]?.text).toContain("start its agent");
});

it("does not offer a session on a node that is away", async () => {
  answering({
    "GET /nodes": () => ({
      body: { items: [node("mi-1", { connected: false, pingStatus: "ConnectionLost" })], next: null },
    }),
  });
  show();
  expect(await screen.findByRole("button", { name: "Start session on name of mi-1" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

it("says what is wrong and what to do when the list is refused", async () => {
  answering({ "GET /nodes": () => problem("access-denied", 403, "admin may not ssm:DescribeInstanceInformation.") });
  const { container } = show();
  expect(await screen.findByText(/Ask an administrator/)).toBeInTheDocument();
  expect(within(container).getByText(/DescribeInstanceInformation/)).toBeInTheDocument();
});
