// Pages as a person sees them: light, dark, and on a screen of 400 pixels.
import assert from "node:assert/strict";

const NARROW = { width: 400, height: 800 };

/** Checks and keeps pictures of what a page shows now. */
export async function look(console, name, page = console.page) {
  const wide = page.viewportSize();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await still(page, colorScheme === "dark");
    await console.axe(`${name} ${colorScheme}`, page);
    await console.picture(`${name}-${colorScheme}`, page);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(NARROW);
  await still(page, false);
  await console.axe(`${name} narrow`, page);
  await console.picture(`${name}-narrow`, page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= NARROW.width, `${name} is ${width} pixels wide on a screen of ${NARROW.width}`);
  await page.setViewportSize(wide);
}

const still = (page, dark) =>
  page.waitForFunction(
    (wanted) =>
      document.body.classList.contains("awsui-dark-mode") === wanted &&
      document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity),
    dark,
  );
