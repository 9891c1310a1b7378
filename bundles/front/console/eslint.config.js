import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Network of the browser; the terminal only draws. */
const network = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"];

/** Pixels of the browser; the channel only carries. */
const pixels = ["document"];

const tests = ["**/*.test.ts", "**/*.test.tsx"];

/** Forbids every import but those that match. */
const only = (allowed, message) => ["error", { patterns: [{ regex: `^(?!${allowed})`, message }] }];

export default tseslint.config(
  { ignores: ["target/", "node_modules/", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts", "**/*.tsx"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      eqeqeq: "error",
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "What nodes and people write is text, never HTML.",
        },
        {
          selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]",
          message: "What nodes and people write is text, never HTML.",
        },
        {
          selector: "ImportDeclaration[source.value='@cloudscape-design/components']",
          message: "Import each component by its own path, or the bundle holds all of them.",
        },
      ],
    },
  },
  {
    files: ["src/codec/**"],
    ignores: tests,
    rules: {
      "no-restricted-imports": only("\\./|@noble/hashes/", "codec is pure: it imports its own files, and a hash."),
      "no-restricted-globals": ["error", ...network, ...pixels, "window", "localStorage", "sessionStorage"],
    },
  },
  {
    files: ["src/channel/**"],
    ignores: tests,
    rules: {
      "no-restricted-imports": only("\\./|\\.\\./codec(/|$)", "channel knows the codec and no pixels."),
      "no-restricted-globals": ["error", ...pixels],
    },
  },
  {
    files: ["src/terminal/**"],
    ignores: tests,
    rules: {
      "no-restricted-imports": only("\\./|@xterm/|react(-dom)?(/|$)", "terminal knows xterm.js and no network."),
      "no-restricted-globals": ["error", ...network],
    },
  },
  {
    files: ["src/api/**"],
    ignores: tests,
    rules: {
      "no-restricted-imports": only("\\./|openapi-fetch$", "api is the client of the console's API and knows no page."),
      "no-restricted-globals": ["error", ...pixels, "localStorage"],
    },
  },
  {
    files: ["scripts/**", "*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
    rules: { "no-console": "off" },
  },
);
