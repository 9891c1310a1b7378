import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach } from "vitest";
import { reachable, signedIn } from "../api/client";
import { notices } from "../app/notices";

configure({ asyncUtilTimeout: 20_000 });
// jsdom has no layout to scroll
window.scrollTo = () => undefined;

afterEach(() => {
  cleanup();
  localStorage.clear();
  signedIn.set(undefined);
  reachable.set(true);
  notices.set([]);
  history.replaceState(null, "", "/console/");
});

// components look at their place once more a moment after they are shown; then there must still be a document
afterAll(() => new Promise((resolve) => setTimeout(resolve, 100)));
