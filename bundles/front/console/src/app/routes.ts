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
  { path: "/account/second-factor", title: "Second factor", page: lazy(() => import("../pages/account/SecondFactor")) },
];

/** The page at a path; the first one that fits, so a path of words alone stands before one with a part that may be anything. */
export const routeAt = (parser: Parser, path: string): Route | undefined =>
  routes.find((one) => matchRoute(parser, one.path, path)[0]);

/** Where a route is in the browser's address. */
export const href = (path: string): string => `/console${path}`;
