// What the node prints is hostile: only links to the web open, without a way back, and nothing of it is ever HTML.
import assert from "node:assert/strict";

const HOSTILE = {
  script: "javascript:globalThis.evil=1",
  data: "data:text/html,<script>opener.evil=2</script>",
  file: "file:///etc/passwd",
  user: "https://bank.example@localhost/",
  none: "//localhost/",
};

export async function links({ site, console: browser, terminal }) {
  const { tab } = terminal;
  const { host } = new URL(site.url);
  const before = browser.context.pages().length;
  // the address as a whole stands in the output alone
  await terminal.run(`clear; printf '%s%s\\n' https ://${host}/console/?from=text`);
  const text = `https://${host}/console/?from=text`;
  await shown(terminal, text);
  await point(tab, text);
  await tab.getByText(`Ctrl+click opens ${text}`).waitFor();
  await browser.picture("terminal-link", tab);
  await tab.mouse.click(...(await place(tab, text)));
  await opens(browser, tab, text, text);

  const hostile = Object.entries(HOSTILE).map(([name, uri]) => osc8(uri, name));
  await terminal.run(`clear; ${hostile.join("; ")}; ${osc8(`https://${host}/console/?from=osc8`, "good")}`);
  await shown(terminal, "link-good");
  for (const name of Object.keys(HOSTILE)) {
    await point(tab, `link-${name}`);
    await control(tab, await place(tab, `link-${name}`));
    assert.doesNotMatch(await tab.locator(".terminal-hints").textContent(), /opens/, name);
  }
  await opens(browser, tab, "link-good", `https://${host}/console/?from=osc8`);
  // each click that opens something does so before the next
  assert.equal(browser.context.pages().length, before);

  const html = "<img src=x onerror=globalThis.evil=3><script>globalThis.evil=4</script>";
  const title = await tab.title();
  await terminal.run(`clear; printf '%s%s\\n' '<' '${html.slice(1)}'`);
  await shown(terminal, html);
  for (const osc of [0, 2]) {
    await terminal.run(`printf '\\033]${osc};<img src=x onerror=globalThis.evil=5>%s\\007' title-$((40+${osc}))`);
    await tab.locator(".terminal-title").getByText(`<img src=x onerror=globalThis.evil=5>title-${40 + osc}`).waitFor();
  }
  assert.equal(await tab.title(), title);
  assert.equal(await tab.locator("img[src=x]").count(), 0);
  assert.equal(await tab.evaluate(() => globalThis.evil), undefined);
  await terminal.run("printf '\\033]0;\\007'; clear");
}

const osc8 = (uri, name) => `printf '\\033]8;;${uri.replaceAll("%", "%%")}\\033\\\\link-%s\\033]8;;\\033\\\\\\n' ${name}`;

/** Waits for a row with nothing else. */
async function shown(terminal, row) {
  await terminal.shows({ exec: (text) => text.split("\n").includes(row) || null, toString: () => row });
}

/** Where on the page the third character of the row is. */
async function place(tab, row) {
  const { x, y } = await tab.evaluate((wanted) => {
    const rows = [...document.querySelectorAll(".xterm-rows > div")];
    const { top, left, height } = rows.find((one) => one.textContent.trimEnd() === wanted).getBoundingClientRect();
    const { width } = document.querySelector(".xterm-char-measure-element").getBoundingClientRect();
    return { x: left + (2.5 * width) / document.querySelector(".xterm-char-measure-element").textContent.length, y: top + height / 2 };
  }, row);
  return [x, y];
}

/** Comes from elsewhere, as links are looked for when the pointer comes to a cell. */
async function point(tab, row) {
  const [x, y] = await place(tab, row);
  await tab.mouse.move(x + 400, y + 200);
  await tab.mouse.move(x, y);
}

async function control(tab, [x, y]) {
  await tab.keyboard.down("Control");
  await tab.mouse.click(x, y);
  await tab.keyboard.up("Control");
}

async function opens(browser, tab, row, address) {
  await point(tab, row);
  await tab.getByText(`Ctrl+click opens ${address}`).waitFor();
  const [page] = await Promise.all([browser.context.waitForEvent("page"), control(tab, await place(tab, row))]);
  await page.waitForURL(address);
  assert.deepEqual(await page.evaluate(() => [globalThis.opener, document.referrer]), [null, ""]);
  await page.close();
}
