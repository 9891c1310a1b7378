// How long a key takes to be echoed while the terminal prints 50 MB, and how long all of it takes.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

const MEGABYTES = 50;

export async function scenario({ console: browser }) {
  await browser.signIn();
  await browser.enrol();
  const terminal = await browser.startFromRow();
  const { tab } = terminal;
  const quiet = await echoes(terminal, 20);

  await terminal.run("stty -echo; clear");
  // a program that prints all the time and shows each key that it reads in the window's title
  const line = "x".repeat(99);
  await terminal.run(
    `(yes ${line} | head -c ${MEGABYTES}000000; printf '\\n%s\\n' flood-is-over) & while IFS= read -rsn1 k; do printf '\\033]0;key %s\\007' "$k"; [ "$k" = q ] && break; done; wait; stty echo`,
  );
  await until("the flood", async () => (await terminal.text()).includes(line));
  const begun = performance.now();
  const loud = [];
  let over = false;
  const watching = terminal.shows(/^flood-is-over$/m, 600_000).then(() => (over = true));
  for (let at = 0; !over; at++) {
    const key = "abcdefghijklmnop"[at % 16];
    const sent = performance.now();
    await tab.keyboard.press(key);
    await tab.waitForFunction(
      (title) => document.querySelector(".terminal-title").textContent === title,
      `key ${key}`,
      { polling: "raf", timeout: 600_000 },
    );
    if (!over) loud.push(performance.now() - sent);
    await tab.waitForTimeout(100);
  }
  await watching;
  const seconds = (performance.now() - begun) / 1000;
  await tab.keyboard.press("q");
  assert.ok(loud.length > 0, "no key was echoed during the output");
  report("echo of a key at rest", quiet);
  report(`echo of a key during ${MEGABYTES} MB of output`, loud);
  console.log(`BENCHMARK browser ${MEGABYTES} MB of output: ${seconds.toFixed(1)} s, ${(MEGABYTES / seconds).toFixed(1)} MB/s`);

  await terminal.run("clear; echo responsive-$((6*7))");
  await terminal.shows(/^responsive-42$/m);
}

async function echoes(terminal, count) {
  const { tab } = terminal;
  const times = [];
  await tab.locator(".xterm-helper-textarea").focus();
  for (let at = 0; at < count; at++) {
    const before = await lastRow(terminal);
    const sent = performance.now();
    await tab.keyboard.press("k");
    await tab.waitForFunction(
      (length) => [...document.querySelectorAll(".xterm-rows > div")].map((row) => row.textContent.trimEnd()).join("").length > length,
      before,
      { polling: "raf" },
    );
    times.push(performance.now() - sent);
  }
  await tab.keyboard.press("Control+U");
  return times;
}

const lastRow = (terminal) =>
  terminal.tab.evaluate(
    () => [...document.querySelectorAll(".xterm-rows > div")].map((row) => row.textContent.trimEnd()).join("").length,
  );

function report(what, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(0);
  console.log(`BENCHMARK browser ${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${sorted.length} keys`);
}
