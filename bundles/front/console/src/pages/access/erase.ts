import {
  deleteGroup,
  deleteKey,
  deletePassword,
  deleteRole,
  deleteUser,
  groupsOf,
  listKeys,
  membersOf,
  removeFromGroup,
  type Wanted,
} from "../../api/access";
import type { Part } from "../../api/calls";
import { attachedTo, deleteInline, detach, inlineOf, type Owner } from "../../api/owners";
import { asProblem } from "../../api/problem";

/** Does something with each of a list that gets shorter by it. */
async function each<T>(list: (query: Wanted) => Promise<Part<T>>, work: (item: T) => Promise<unknown>): Promise<void> {
  for (;;) {
    const { items } = await list({ max: 100 });
    if (items.length === 0) {
      return;
    }
    for (const item of items) {
      await work(item);
    }
  }
}

async function policiesOf(owner: Owner): Promise<void> {
  await each(
    (query) => attachedTo(owner, query),
    (one) => detach(owner, one.arn),
  );
  await each(
    (query) => inlineOf(owner, query),
    (one) => deleteInline(owner, one.name),
  );
}

/** Deletes a user after all that hangs on it, as IAM wants it. What failed is thrown, and what was done before stays done. */
export async function eraseUser(name: string): Promise<void> {
  await each(
    (query) => listKeys(name, query),
    (key) => deleteKey(name, key.accessKeyId),
  );
  await deletePassword(name).catch((thrown: unknown) => {
    // there may be none
    if (asProblem(thrown).status !== 404) {
      throw thrown;
    }
  });
  await each(
    (query) => groupsOf(name, query),
    (group) => removeFromGroup(group.name, name),
  );
  await policiesOf({ kind: "users", name });
  await deleteUser(name);
}

/** Deletes a group after its users left it. */
export async function eraseGroup(name: string): Promise<void> {
  await each(
    (query) => membersOf(name, query),
    (user) => removeFromGroup(name, user.name),
  );
  await policiesOf({ kind: "groups", name });
  await deleteGroup(name);
}

/** Deletes a role after its policies; one that is in an instance profile stays. */
export async function eraseRole(name: string): Promise<void> {
  await policiesOf({ kind: "roles", name });
  await deleteRole(name);
}
