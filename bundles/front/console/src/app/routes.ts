import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import { matchRoute, type Parser } from "wouter";

/** A page of the console. */
export interface Route {
  /** Below `/console`. */
  path: string;
  title: string;
  page: LazyExoticComponent<ComponentType>;
  /** Path of the page that it belongs to in the navigation. */
  under?: string;
  /** Keys typed one after the other that lead to it. */
  keys?: string;
}

export const routes: readonly Route[] = [
  { path: "/", title: "Overview", page: lazy(() => import("../pages/home/Home")), keys: "g o" },
  { path: "/sessions", title: "Sessions", page: lazy(() => import("../pages/sessions/Active")), keys: "g s" },
  {
    path: "/sessions/history",
    title: "Session history",
    page: lazy(() => import("../pages/sessions/History")),
    keys: "g h",
  },
  {
    path: "/sessions/start",
    title: "Start session",
    page: lazy(() => import("../pages/start/StartSession")),
    under: "/sessions",
    keys: "g t",
  },
  { path: "/nodes", title: "Managed nodes", page: lazy(() => import("../pages/nodes/Nodes")), keys: "g n" },
  {
    path: "/nodes/:id",
    title: "Managed node",
    page: lazy(() => import("../pages/nodes/NodeDetail")),
    under: "/nodes",
  },
  {
    path: "/activations",
    title: "Hybrid activations",
    page: lazy(() => import("../pages/activations/Activations")),
    keys: "g a",
  },
  {
    path: "/activations/create",
    title: "Create activation",
    page: lazy(() => import("../pages/activations/CreateActivation")),
    under: "/activations",
  },
  {
    path: "/activations/:id",
    title: "Activation",
    page: lazy(() => import("../pages/activations/ActivationDetail")),
    under: "/activations",
  },
  { path: "/tiers", title: "Tiers and metering", page: lazy(() => import("../pages/tiers/Tiers")), keys: "g m" },
  {
    path: "/access/users",
    title: "Users",
    page: lazy(() => import("../pages/access/Users")),
    keys: "g u",
  },
  {
    path: "/access/users/user",
    title: "User",
    page: lazy(() => import("../pages/access/UserPage")),
    under: "/access/users",
  },
  {
    path: "/access/groups",
    title: "Groups",
    page: lazy(() => import("../pages/access/Groups")),
  },
  {
    path: "/access/groups/group",
    title: "Group",
    page: lazy(() => import("../pages/access/GroupPage")),
    under: "/access/groups",
  },
  {
    path: "/access/roles",
    title: "Roles",
    page: lazy(() => import("../pages/access/Roles")),
  },
  {
    path: "/access/roles/create",
    title: "Create role",
    page: lazy(() => import("../pages/access/CreateRole")),
    under: "/access/roles",
  },
  {
    path: "/access/roles/role",
    title: "Role",
    page: lazy(() => import("../pages/access/RolePage")),
    under: "/access/roles",
  },
  {
    path: "/access/policies",
    title: "Policies",
    page: lazy(() => import("../pages/access/Policies")),
    keys: "g p",
  },
  {
    path: "/access/policies/create",
    title: "Create policy",
    page: lazy(() => import("../pages/access/CreatePolicy")),
    under: "/access/policies",
  },
  {
    path: "/access/policies/policy",
    title: "Policy",
    page: lazy(() => import("../pages/access/PolicyPage")),
    under: "/access/policies",
  },
  {
    path: "/access/simulator",
    title: "Policy simulator",
    page: lazy(() => import("../pages/access/Simulator")),
  },
  {
    path: "/access/denials",
    title: "Denials",
    page: lazy(() => import("../pages/access/Denials")),
    keys: "g d",
  },
  { path: "/account/second-factor", title: "Second factor", page: lazy(() => import("../pages/account/SecondFactor")) },
];

/** The page at a path; the first one that fits, so a path of words alone stands before one with a part that may be anything. */
export const routeAt = (parser: Parser, path: string): Route | undefined =>
  routes.find((one) => matchRoute(parser, one.path, path)[0]);

/** Where a route is in the browser's address. */
export const href = (path: string): string => `/console${path}`;
