import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { reachable, signedIn } from "../api/client";
import { notices } from "../app/notices";

afterEach(() => {
  cleanup();
  localStorage.clear();
  signedIn.set(undefined);
  reachable.set(true);
  notices.set([]);
  history.replaceState(null, "", "/console/");
});
