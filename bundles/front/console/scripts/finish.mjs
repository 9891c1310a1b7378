// After the build: fails when an entry is over its budget, then puts compressed forms beside what compresses.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const web = "target/web";
/** Bytes, compressed with gzip, that a page may load before it shows something. */
const BUDGET = 300_000;
const COMPRESSES = /\.(js|css|html|svg|json)$/;

const gzip = (bytes) => gzipSync(bytes, { level: 9 });
const size = (file) => gzip(readFileSync(join(web, file))).length;

/** The files that an entry loads at once: itself, what it imports, and their style sheets. */
function atOnce(manifest, name, seen = new Set()) {
  const chunk = manifest[name];
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  (chunk.css ?? []).forEach((file) => seen.add(file));
  (chunk.imports ?? []).forEach((other) => atOnce(manifest, other, seen));
  return seen;
}

function files(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
}

const manifest = JSON.parse(readFileSync(join(web, ".vite/manifest.json"), "utf8"));
let over = false;
for (const entry of Object.keys(manifest).filter((name) => manifest[name].isEntry)) {
  const sizes = [...atOnce(manifest, entry), entry].map((file) => [file, size(file)]);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`${entry}: ${(total / 1000).toFixed(1)} kB compressed of ${BUDGET / 1000}`);
  if (total > BUDGET) {
    over = true;
    sizes
      .sort((a, b) => b[1] - a[1])
      .forEach(([file, bytes]) => console.error(`  ${file} ${(bytes / 1000).toFixed(1)} kB`));
  }
}
if (over) {
  console.error("An entry is over its budget: load what is not needed at once later, with import().");
  process.exit(1);
}

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
for (const file of files(web).filter((path) => COMPRESSES.test(path) && !path.includes(".vite"))) {
  const bytes = readFileSync(file);
  for (const [ending, packed] of [
    ["gz", gzip(bytes)],
    ["br", brotliCompressSync(bytes, quality)],
  ]) {
    if (packed.length < bytes.length) writeFileSync(`${file}.${ending}`, packed);
  }
}
