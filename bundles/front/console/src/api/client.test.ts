import { expect, it, vi } from "vitest";
import { admin } from "../testing/samples";
import { answering, problem } from "../testing/server";
import { createActivation, listNodes, signIn, signOut } from "./calls";
import { learnSession, reachable, signedIn } from "./client";
import { Problem } from "./problem";

const failure = async (work: Promise<unknown>): Promise<Problem> => {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(Problem);
  return thrown as Problem;
};

it("sends the forgery token with changes and with nothing else", async () => {
  signedIn.set(admin);
  const asked = answering({
    "GET /nodes": () => ({ body: { items: [], next: null } }),
    "POST /activations": () => ({ status: 201, body: { id: "a", code: "c", enrol: "e", lines: {} } }),
  });
  await listNodes({ text: ["a", "b"], max: 20 });
  await createActivation({ limit: 1 });
  expect(asked[0]?.query.getAll("text")).toEqual(["a", "b"]);
  expect(asked[0]?.headers.get("X-CSRF-Token")).toBeNull();
  expect(asked[1]?.headers.get("X-CSRF-Token")).toBe("forgery-token");
});

it("knows who signed in, and forgets at the sign-out", async () => {
  answering({ "POST /session": () => ({ body: admin }), "DELETE /session": () => ({ status: 204 }) });
  await signIn("admin", "secret", undefined);
  expect(signedIn.get()).toEqual(admin);
  await signOut(false);
  expect(signedIn.get()).toBeNull();
});

it("leads to the sign-in when the session is over", async () => {
  signedIn.set(admin);
  answering({ "GET /nodes": () => problem("signed-out", 401, "You are not signed in; sign in.") });
  expect((await failure(listNodes({}))).kind).toBe("signed-out");
  expect(signedIn.get()).toBeNull();
});

it("does not take a wrong password for the end of a session", async () => {
  answering({ "POST /session": () => problem("credentials-rejected", 401, "Wrong.") });
  expect((await failure(signIn("admin", "x", undefined))).kind).toBe("credentials-rejected");
  expect(signedIn.get()).toBeUndefined();
});

it("tells that the server is away, and that it is back", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
  const away = await failure(learnSession());
  expect(away.kind).toBe("unreachable");
  expect(away.passing).toBe(true);
  expect(reachable.get()).toBe(false);
  answering({ "GET /session": () => problem("signed-out", 401, "Sign in.") });
  await learnSession();
  expect(reachable.get()).toBe(true);
  expect(signedIn.get()).toBeNull();
});

it("keeps how long to wait, and understands answers that are not the API's", async () => {
  answering({
    "POST /session": () => problem("too-many-tries", 429, "Wait.", { "Retry-After": "60" }),
    "GET /nodes": () => ({ status: 502, body: "<html>" }),
  });
  expect((await failure(signIn("a", "b", undefined))).retryAfter).toBe(60);
  const odd = await failure(listNodes({}));
  expect(odd.kind).toBe("not-understood");
  expect(odd.message).toContain("502");
});
