// The path of a first day: sign-in, activation, a shell, its window, its end, the history; each page is looked at.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

const PAGES = [
  ["home", ""],
  ["nodes", "nodes"],
  ["sessions", "sessions"],
  ["start", "sessions/start"],
  ["history", "sessions/history"],
  ["activations", "activations"],
  ["create-activation", "activations/create"],
  ["second-factor", "account/second-factor"],
];

export async function scenario({ site, console }) {
  const { page } = console;
  await page.goto(`${site.url}/console/`);
  await page.getByLabel("User name").waitFor();
  await look(console, "sign-in", page);
  await console.tryCredentials({ user: "admin", password: "not the password" });
  await page.getByText(/name or password|not right|wrong|rejected/i).first().waitFor();
  await console.signIn();

  await console.enrol();
  await look(console, "activation-created", page);
  const terminal = await console.startFromRow();
  const { tab } = terminal;

  // the window's size was there before the shell began
  await terminal.run("stty size");
  const [, rows, columns] = await terminal.shows(/^(\d+) (\d+)$/m);
  assert.equal(await shownRows(tab), Number(rows));
  assert.notEqual(`${rows} ${columns}`, "24 80");

  await terminal.run("printf '\\033[38;2;255;140;0mtrue colour\\033[0m https://example.org/ %s\\n' $((40+2))");
  await terminal.shows(/true colour https:\/\/example\.org\/ 42/);
  await look(console, "terminal", tab);
  await tab.setViewportSize({ width: 400, height: 700 });
  await terminal.run("clear");
  await until("the narrow window", async () => {
    await terminal.run("stty size");
    const found = [...(await terminal.text()).matchAll(/^(\d+) (\d+)$/gm)].at(-1);
    return found && Number(found[2]) < 60;
  });
  await look(console, "terminal-narrow", tab);
  await tab.setViewportSize({ width: 1280, height: 800 });

  // the keyboard finds out of the terminal
  await tab.locator(".xterm-helper-textarea").focus();
  await tab.keyboard.press("Control+Shift+L");
  assert.equal(await tab.evaluate(() => document.activeElement?.textContent), "Actions");

  await console.axe("terminal", tab);
  await terminal.run("exit");
  await terminal.state("Ended");
  await tab.getByText("The program on the node ended.").waitFor();
  await look(console, "terminal-ended", tab);

  const again = await other(console, () => tab.getByRole("button", { name: "Start again" }).click());
  await again.run("echo again-$((20+22))");
  await again.shows(/again-42/);

  // ended from the list, as by another person
  await page.goto(`${site.url}/console/sessions`);
  await page.getByRole("button", { name: /^Terminate / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Terminate", exact: false }).last().click();
  await again.state("Ended");

  await page.goto(`${site.url}/console/sessions/history`);
  await page.getByText("The program on the node ended.").first().waitFor();
  for (const [name, path] of PAGES) {
    await page.goto(`${site.url}/console/${path}`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await look(console, name, page);
  }
}

/** Checks and keeps a picture of a page, light and dark. */
async function look(console, name, page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForFunction(
      (dark) =>
        document.body.classList.contains("awsui-dark-mode") === dark &&
        document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity),
      colorScheme === "dark",
    );
    await console.axe(`${name} ${colorScheme}`, page);
    await console.picture(`${name}-${colorScheme}`, page);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

async function other(console, act) {
  const { Terminal } = await import("../console.mjs");
  const [tab] = await Promise.all([console.context.waitForEvent("page"), act()]);
  await tab.waitForURL(/terminal\.html\?session=/);
  return Terminal.in(tab);
}

const shownRows = (tab) => tab.locator(".xterm-rows > div").count();
