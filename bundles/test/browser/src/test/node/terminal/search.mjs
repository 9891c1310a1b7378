// The search in what the terminal has shown: by keys alone, from its opening to the shell that takes keys again.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

export async function search({ console: browser, terminal }) {
  const { tab } = terminal;
  await terminal.run("clear; seq 1 400 | sed 's/.*/row-&./'");
  await terminal.shows(/^row-400\.$/m);
  await tab.keyboard.press("Control+Shift+F");
  const box = tab.getByRole("search");
  const status = box.getByRole("status");
  const input = box.getByRole("searchbox");
  await input.waitFor();
  const inBox = () => input.evaluate((element) => element === document.activeElement);
  await until("the keyboard in the box", inBox);

  // far above what is to be seen
  await tab.keyboard.type("row-20");
  await status.getByText("1 of 11", { exact: true }).waitFor();
  await terminal.shows(/^row-20\.$/m);
  await browser.axe("search", tab);
  await browser.picture("terminal-search", tab);
  for (const [key, place, row] of [
    ["Enter", "2 of 11", 200],
    ["Enter", "3 of 11", 201],
    ["Shift+Enter", "2 of 11", 200],
    ["Shift+Enter", "1 of 11", 20],
    ["Shift+Enter", "11 of 11", 209],
    ["Enter", "1 of 11", 20],
  ]) {
    await tab.keyboard.press(key);
    await status.getByText(place, { exact: true }).waitFor();
    await until(`row ${row} as the selection`, async () => (await marked(tab)) === `row-${row}.`);
  }
  await box.getByRole("button", { name: "Later match" }).click();
  await status.getByText("2 of 11", { exact: true }).waitFor();

  await input.fill("row-401.");
  await status.getByText("Not found", { exact: true }).waitFor();
  await browser.picture("terminal-not-found", tab);
  await input.fill("");
  await until("no words", async () => (await status.textContent()) === "");

  // back from the terminal with the same key
  await tab.locator(".xterm-helper-textarea").focus();
  await tab.keyboard.press("Control+Shift+F");
  await until("the keyboard in the box again", inBox);
  await tab.keyboard.type("row-399.");
  await status.getByText("1 of 1", { exact: true }).waitFor();

  await tab.keyboard.press("Escape");
  await box.waitFor({ state: "hidden" });
  assert.equal(await tab.evaluate(() => document.activeElement?.className), "xterm-helper-textarea");
  await tab.keyboard.type("echo after-$((6*7))");
  await tab.keyboard.press("Enter");
  await terminal.shows(/^after-42$/m);
}

/** Text of the row in which the present match is. */
const marked = (tab) =>
  tab.evaluate(() => {
    const mark = document.querySelector(".xterm-selection div")?.getBoundingClientRect();
    const rows = [...document.querySelectorAll(".xterm-rows > div")];
    return rows.find((row) => mark && Math.abs(row.getBoundingClientRect().top - mark.top) < 2)?.textContent.trimEnd();
  });
