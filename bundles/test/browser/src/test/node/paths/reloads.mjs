// Pages that are loaded again and again keep following the nodes.
import assert from "node:assert/strict";

export async function scenario({ site, console: browser }) {
  const { page } = browser;
  const refused = [];
  page.on("response", (answer) => {
    if (answer.url().endsWith("/events") && answer.status() !== 200) refused.push(answer.status());
  });
  const row = page.getByRole("row").filter({ hasText: browser.nodeId });
  const streaming = () => page.waitForResponse((answer) => answer.url().endsWith("/events"));
  await page.goto(`${site.url}/console/nodes`);
  await row.waitFor();
  for (let round = 0; round < 15; round++) {
    await Promise.all([streaming(), page.reload()]);
  }
  assert.deepEqual(refused, []);
}
