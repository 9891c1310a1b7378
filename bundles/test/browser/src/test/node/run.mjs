// Runs one scenario with a server, an agent and a browser of its own; ends with 0 when all it says is so.
import { readdirSync } from "node:fs";
import { Console } from "./console.mjs";
import { Site } from "./site.mjs";

const [name, folder] = process.argv.slice(2);
const scenarios = readdirSync(new URL("./scenarios", import.meta.url)).map((file) => file.replace(".mjs", ""));
if (!scenarios.includes(name)) {
  throw new Error(`there is no scenario ${name}; there are ${scenarios.join(", ")}`);
}
const { scenario, options } = await import(`./scenarios/${name}.mjs`);
const site = await Site.start(folder, options);
const console_ = await Console.open(site);
let status = 1;
try {
  await scenario({ site, console: console_ });
  await console_.close();
  status = 0;
} catch (e) {
  console.error(e);
  for (const [at, page] of console_.context.pages().entries()) {
    await console_.picture(`failed-${name}-${at}`, page).catch(() => undefined);
    console.error(page.url(), (await page.locator("body").innerText().catch(() => "")).slice(0, 2_000));
  }
  console.error([...new Set(console_.faults)].join("\n"));
  await console_.browser.close();
} finally {
  await site.stop();
}
process.exit(status);
