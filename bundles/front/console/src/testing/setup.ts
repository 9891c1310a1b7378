import { afterEach, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

// codec, channel and terminal are tested without a browser
if (typeof document !== "undefined") {
  await import("./afterPages");
}
