// A colour that a program names is the colour that is drawn, in a light and in a dark terminal.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

// hard to read on one of the two backgrounds, and still the program's choice
const COLOURS = [
  [255, 140, 0],
  [250, 240, 10],
  [10, 20, 30],
  [1, 2, 3],
];

export async function colour({ console: browser, terminal }) {
  const { tab } = terminal;
  let round = 10;
  for (const mode of ["light", "dark"]) {
    await tab.emulateMedia({ colorScheme: mode });
    await tab.locator(`.terminal-page[data-mode=${mode}]`).waitFor();
    for (const rgb of COLOURS) {
      const semicolons = rgb.join(";");
      const sgr = `\\033[38;2;${semicolons}mfore-%s\\033[0m \\033[48;2;${semicolons}m      \\033[0m`;
      const name = `fore-${++round}`;
      await terminal.run(`clear; printf '${sgr}\\n' $((${round}))`);
      const { color, x, y, width, height } = await until(name, () => drawn(tab, name));
      assert.equal(color, `rgb(${rgb.join(", ")})`, mode);
      // the third of the six cells behind the text and a blank
      const at = { x: x + (width / 7) * 10.5, y: y + height / 2 };
      assert.deepEqual(await pixel(browser, tab, at), rgb, `${mode}: the background`);
    }
    const others = "\\033[38;5;208mpalette-208\\033[0m \\033[1;31mbold red\\033[0m \\033[2mdim\\033[0m \\033[7mreverse\\033[0m";
    await terminal.run(`clear; printf '${others}\\n'; ls -l --color=always / | head -20`);
    assert.equal((await until("the palette", () => drawn(tab, "palette-208"))).color, "rgb(255, 135, 0)");
    await browser.picture(`terminal-colours-${mode}`, tab);
  }
  await tab.emulateMedia({ colorScheme: "light" });
  await terminal.run("clear");
}

/** Colour and place of a text that has a colour of its own; rows are made anew all the time, so all at once. */
const drawn = (tab, text) =>
  tab.evaluate((wanted) => {
    const span = [...document.querySelectorAll(".xterm-rows span")].find((one) => one.textContent === wanted);
    if (!span) return undefined;
    const { x, y, width, height } = span.getBoundingClientRect();
    return { color: getComputedStyle(span).color, x, y, width, height };
  }, text);

/** What the browser drew there. */
async function pixel(browser, tab, { x, y }) {
  const png = await tab.screenshot({ clip: { x, y, width: 1, height: 1 } });
  browser.reader ??= await (await browser.browser.newContext()).newPage();
  return browser.reader.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.drawImage(picture, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }, png.toString("base64"));
}
