// A server that stops answering, and one that is killed: every page says so, counts down, and is as before by itself.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

export async function scenario({ site, console: browser }) {
  const terminal = await browser.startFromRow();
  const { tab } = terminal;
  const { page } = browser;
  await page.goto(`${site.url}/console/nodes`);
  const row = page.getByRole("row").filter({ hasText: browser.nodeId });
  await row.waitFor();
  const lost = page.getByText("The connection to the server is lost");

  site.freeze(true);
  await terminal.state("Reconnecting");
  await tab.getByText("No connection to the server").waitFor();
  site.freeze(false);
  await terminal.state("Connected");
  await tab.getByText("No connection to the server").waitFor({ state: "hidden" });

  await site.kill();
  await terminal.state("Reconnecting");
  await lost.waitFor();
  await browser.axe("list without a server", page);
  await browser.axe("terminal without a server", tab);
  await counts(tab);
  assert.match(await tab.title(), /^Reconnecting - /);
  // what is there can still be read
  assert.equal(await row.isVisible(), true);
  await site.startServer();
  await terminal.state("Connected");
  await lost.waitFor({ state: "hidden" });
  assert.doesNotMatch(await tab.title(), /Reconnecting/);
  await terminal.run("echo back-$((6*7))");
  await terminal.shows(/^back-42$/m);
  await row.getByText("Online").waitFor();

  await terminal.run("exit");
  await terminal.state("Ended");
  await tab.close();
}

/** The seconds to the next try become fewer. */
async function counts(tab) {
  let last;
  await until("a countdown", async () => {
    const seconds = Number(/next try in (\d+) s/.exec(await tab.locator(".terminal-detail").textContent())?.[1]);
    const fewer = last !== undefined && seconds < last;
    last = seconds;
    return fewer;
  });
}
