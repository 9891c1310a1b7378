import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const FONT = /url\((["']?)data:font\/woff2[^,]*;base64,([A-Za-z0-9+/=]+)\1\)/g;

/**
 * Takes the fonts out of Cloudscape's global style sheet, where they stand as text, and makes files of them: so the sheet is small, a browser
 * fetches only the weights that it shows, and the content security policy needs no exception for them.
 */
export function fontsAsFiles(folder: string): Plugin {
  return {
    name: "sallyport-fonts-as-files",
    enforce: "pre",
    transform(code, id) {
      if (!id.split("?")[0]?.endsWith("@cloudscape-design/global-styles/index.css")) {
        return undefined;
      }
      mkdirSync(folder, { recursive: true });
      return code
        .replace(FONT, (_, _quote: string, base64: string) => {
          const font = Buffer.from(base64, "base64");
          const name = `open-sans-${createHash("sha256").update(font).digest("hex").slice(0, 8)}.woff2`;
          writeFileSync(join(folder, name), font);
          return `url("${join(folder, name)}")`;
        })
        .replaceAll("@font-face {", "@font-face {\n  font-display: swap;");
    },
  };
}
