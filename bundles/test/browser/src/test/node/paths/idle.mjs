// A session in which nothing is typed: warned of, kept by a key, and ended, with the cause on the page and in the history.
import assert from "node:assert/strict";

const SECONDS = 20;

export async function scenario({ site, console: browser }) {
  site.configure("org.sallyport.core.session", { "idle.timeout.most.s": SECONDS });
  const { page } = browser;
  // the settings of a running server are taken within a second
  await page.waitForTimeout(2_000);
  const terminal = await browser.startFromRow();
  const { tab } = terminal;
  const warning = tab.getByText(/Nothing was typed for long/);
  await warning.waitFor();
  assert.match(await tab.locator(".terminal-messages").textContent(), /\(\d+ s left\)/);
  await browser.axe("idle warning", tab);
  await browser.picture("idle-warning", tab);
  await terminal.run("echo awake-$((6*7))");
  await terminal.shows(/^awake-42$/m);
  await warning.waitFor({ state: "hidden" });

  await warning.waitFor();
  await terminal.state("Ended");
  const cause = `The session ended because nothing was typed for ${SECONDS} seconds.`;
  await tab.getByText(cause).waitFor();
  await warning.waitFor({ state: "hidden" });
  await page.goto(`${site.url}/console/sessions/history?within=2h`);
  await page.getByRole("row").first().getByText(cause).or(page.getByText(cause).first()).first().waitFor();
  site.configure("org.sallyport.core.session");
  await tab.close();
}
