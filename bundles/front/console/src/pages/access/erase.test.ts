import { expect, it } from "vitest";
import { answering, problem } from "../../testing/server";
import { eraseUser } from "./erase";

const empty = { body: { items: [], next: null } };

/** A list with one thing until it is taken away. */
function one(items: unknown[]) {
  let left: unknown[] = items;
  return { list: () => ({ body: { items: left, next: null } }), gone: () => ((left = []), { status: 204 }) };
}

it("takes away all that hangs on a user before the user", async () => {
  const keys = one([{ accessKeyId: "AKIA1", active: true, createdAt: "2026-01-01T00:00:00Z" }]);
  const groups = one([{ id: "g", name: "ops", path: "/", arn: "arn", createdAt: "2026-01-01T00:00:00Z" }]);
  const inline = one([{ name: "own" }]);
  const asked = answering({
    "GET /users/bob/keys": keys.list,
    "DELETE /users/bob/keys/AKIA1": keys.gone,
    "DELETE /users/bob/password": () => problem("no-such-entity", 404, "There is none."),
    "GET /users/bob/groups": groups.list,
    "DELETE /groups/ops/users/bob": groups.gone,
    "GET /users/bob/policies": () => empty,
    "GET /users/bob/inline": inline.list,
    "DELETE /users/bob/inline/own": inline.gone,
    "DELETE /users/bob": () => ({ status: 204 }),
  });
  await eraseUser("bob");
  expect(asked.filter((call) => call.method === "DELETE").map((call) => call.path)).toEqual([
    "/users/bob/keys/AKIA1",
    "/users/bob/password",
    "/groups/ops/users/bob",
    "/users/bob/inline/own",
    "/users/bob",
  ]);
});

it("stops at what is refused and leaves the user", async () => {
  const asked = answering({
    "GET /users/bob/keys": () => empty,
    "DELETE /users/bob/password": () => problem("access-denied", 403, "You may not."),
  });
  await expect(eraseUser("bob")).rejects.toThrow("You may not.");
  expect(asked).toHaveLength(2);
});
