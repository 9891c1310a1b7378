// The window's size: there before the shell begins, and followed when it changes.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

const TYPE_OFFSET = 4;
const PAYLOAD_TYPE_OFFSET = 112;
const PAYLOAD_OFFSET = 120;
const SIZE = 3;

/** Starts a session and returns its terminal. */
export async function size({ console: browser }) {
  const sizes = [];
  browser.context.once("page", (page) =>
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => note(payload, sizes))),
  );
  const terminal = await browser.startFromRow();
  const { tab } = terminal;
  const first = await drawn(tab);
  assert.notEqual(sizes.length, 0, "no size was sent");
  assert.deepEqual(new Set(sizes), new Set([`${first.rows} ${sizes[0].split(" ")[1]}`]), "another size before the right one");
  await terminal.run("stty size");
  await terminal.shows(new RegExp(`^${sizes[0]}$`, "m"));

  for (const [width, height] of [
    [700, 500],
    [1280, 800],
  ]) {
    const before = sizes.length;
    await tab.setViewportSize({ width, height });
    await until("another size", () => sizes.length > before);
    await follows(terminal, sizes);
  }
  const [rows] = sizes.at(-1).split(" ").map(Number);
  for (let larger = 0; larger < 3; larger++) {
    await tab.getByRole("button", { name: "Actions" }).click();
    await tab.getByText("Appearance").click();
    await tab.getByRole("menuitem", { name: "Larger letters" }).click();
  }
  await until("fewer rows", () => Number(sizes.at(-1).split(" ")[0]) < rows);
  await follows(terminal, sizes);
  await browser.picture("terminal-larger", tab);
  await tab.evaluate(() => localStorage.clear());
  return terminal;
}

/** What the program is told is what is drawn, and none of it is cut off. */
async function follows(terminal, sizes) {
  await until("the size in the program", async () => {
    await terminal.run("clear; stty size");
    await terminal.shows(/^\d+ \d+$/m);
    return (await terminal.text()).split("\n").includes(sizes.at(-1));
  });
  const shown = await drawn(terminal.tab);
  assert.equal(shown.rows, Number(sizes.at(-1).split(" ")[0]));
  assert.ok(shown.bottom <= shown.frame, `the last row ends at ${shown.bottom}, its frame at ${shown.frame}`);
}

const drawn = (tab) =>
  tab.evaluate(() => ({
    rows: document.querySelectorAll(".xterm-rows > div").length,
    bottom: document.querySelector(".xterm-rows > div:last-child").getBoundingClientRect().bottom,
    frame: document.querySelector(".terminal-frame").getBoundingClientRect().bottom,
  }));

/** The sizes in what the page sends, as stty writes them. */
function note(payload, sizes) {
  if (typeof payload === "string" || payload.length < PAYLOAD_OFFSET) return;
  const type = payload.toString("latin1", TYPE_OFFSET, TYPE_OFFSET + 32).trim();
  if (type === "input_stream_data" && payload.readUInt32BE(PAYLOAD_TYPE_OFFSET) === SIZE) {
    const { rows, cols } = JSON.parse(payload.subarray(PAYLOAD_OFFSET).toString());
    sizes.push(`${rows} ${cols}`);
  }
}
