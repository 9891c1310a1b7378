import { listGroups, listPolicies, listRoles, listUsers } from "../../api/access";
import { listNodes, type Part } from "../../api/calls";
import { nodeName } from "../../app/names";
import type { Choosable } from "./Choice";

const MAX = 50;

const by = <T>(part: Part<T>, choice: (item: T) => Choosable): Part<Choosable> => ({
  items: part.items.map(choice),
  next: part.next,
});

type Find = (text: string, signal: AbortSignal) => Promise<Part<Choosable>>;

export const findPolicy: Find = async (text, signal) =>
  by(await listPolicies({ text, max: MAX }, signal), (one) => ({
    value: one.arn,
    label: one.name,
    description: one.builtIn ? "Comes with the server" : one.arn,
  }));

export const findUser: Find = async (text, signal) =>
  by(await listUsers({ text, max: MAX }, signal), (one) => ({
    value: one.name,
    label: one.name,
    description: one.arn,
  }));

export const findGroup: Find = async (text, signal) =>
  by(await listGroups({ text, max: MAX }, signal), (one) => ({
    value: one.name,
    label: one.name,
    description: one.arn,
  }));

/** Users, groups and roles, by their ARNs. */
export const findPrincipal: Find = async (text, signal) => {
  const query = { text, max: MAX };
  const [users, groups, roles] = await Promise.all([
    listUsers(query, signal),
    listGroups(query, signal),
    listRoles(query, signal),
  ]);
  const named = (kind: string) => (one: { arn: string; name: string }) => ({
    value: one.arn,
    label: one.name,
    description: kind,
  });
  return {
    items: [...users.items.map(named("User")), ...groups.items.map(named("Group")), ...roles.items.map(named("Role"))],
    next: users.next ?? groups.next ?? roles.next,
  };
};

export const findNode: Find = async (text, signal) =>
  by(await listNodes({ text: text ? [text] : [], max: MAX }, signal), (one) => ({
    value: one.id,
    label: nodeName(one),
    description: one.id,
  }));
