import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { fontsAsFiles } from "./scripts/fonts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The server that `npm run dev` passes calls of the API on to. */
const server = process.env["SALLYPORT_URL"] ?? "https://localhost:8443";

export default defineConfig({
  base: "/console/",
  plugins: [react(), fontsAsFiles(here("target/fonts"))],
  build: {
    outDir: "target/web",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    // nothing inline: the content security policy forbids it, and what is a file of its own is cached
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // scripts/finish.mjs has the budget
    chunkSizeWarningLimit: 1_000,
    rollupOptions: {
      input: { index: here("index.html"), terminal: here("terminal.html") },
    },
  },
  server: {
    proxy: {
      "/console/api": {
        target: server,
        secure: false,
        // the API takes changes from its own origin alone
        configure: (proxy) => proxy.on("proxyReq", (request) => request.setHeader("origin", server)),
      },
    },
  },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "https://localhost:8443/console/" } },
    include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
    setupFiles: ["src/testing/setup.ts"],
    // Cloudscape's modules import style sheets, which Node cannot
    server: { deps: { inline: [/@cloudscape-design/] } },
    css: false,
    // far above what is needed: a machine that builds is slow
    testTimeout: 60_000,
    restoreMocks: true,
    pool: "threads",
    // far above what they need: the machine may be busy
    testTimeout: 60_000,
  },
});
