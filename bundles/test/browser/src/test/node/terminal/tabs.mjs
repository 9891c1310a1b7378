// Two sessions in two tabs, each its own; and one session in two tabs, of which one has it and the other says so.
import assert from "node:assert/strict";
import { Terminal } from "../console.mjs";

const LINES = 300;

export async function tabs({ console: browser, terminal: one }) {
  const two = await browser.startFromRow();
  assert.notEqual(one.tab.url(), two.tab.url());
  const both = [
    [one, "north"],
    [two, "south"],
  ];
  // both print at once, and keys go to each in turn
  for (const [terminal, name] of both) {
    await terminal.run(`for i in $(seq 1 ${LINES}); do echo ${name}-line-$i; sleep 0.01; done; sed -u s/typed/copied/`);
  }
  for (const word of ["a", "b", "c"]) {
    for (const [terminal, name] of both) {
      await terminal.run(`typed-${name}-${word}`);
    }
  }
  for (const [terminal, name] of both) {
    // not what was typed, which the terminal echoes while the lines are still coming
    await terminal.shows(new RegExp(`^copied-${name}-c$`, "m"));
    await terminal.tab.bringToFront();
    const all = await terminal.everything();
    // an echo may come between a line and its end, nothing else
    const numbers = [...all.matchAll(new RegExp(`${name}-line-(\\d+)(?=typed-|$)`, "gm"))].map((found) => Number(found[1]));
    assert.deepEqual(numbers, Array.from({ length: LINES }, (_, at) => at + 1));
    assert.doesNotMatch(all, name === "north" ? /south/ : /north/);
    await terminal.tab.keyboard.press("Control+c");
  }

  const page = await browser.context.newPage();
  await page.goto(one.tab.url());
  const second = await Terminal.in(page);
  await gone(one);
  await browser.axe("session in another tab", one.tab);
  await browser.picture("terminal-elsewhere", one.tab);
  await browser.picture("terminal-taken", page);
  // what was typed there goes nowhere, and what comes is shown in one tab
  await one.tab.bringToFront();
  await one.type("lost keys");
  await page.bringToFront();
  await second.run("clear; echo here-$((6*7))");
  await second.shows(/^here-42$/m);
  assert.doesNotMatch(await second.text(), /lost keys/);
  assert.doesNotMatch(await one.text(), /here-42/);

  await one.tab.bringToFront();
  await one.tab.getByRole("button", { name: "Go on here" }).click();
  await one.state("Connected");
  await one.shows(/^here-42$/m);
  await gone(second);
  await one.run("exit");
  await one.state("Ended");
  await page.getByRole("button", { name: "Go on here" }).click();
  await second.state("Ended");
  await page.getByText("The program on the node ended.").waitFor();

  await two.run("echo still-$((6*7))");
  await two.shows(/^still-42$/m);
  await two.run("exit");
  await two.state("Ended");
}

/** The tab says in its bar, in its name and in words that it does not have the session. */
async function gone(terminal) {
  await terminal.state("Elsewhere");
  await terminal.tab.getByText("The session goes on in another tab", { exact: true }).waitFor();
  assert.match(await terminal.tab.title(), /^Elsewhere - /);
}
