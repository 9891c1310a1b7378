// A node from its activation to its end: it waits and is let in, is tagged and found by its tag, is counted, loses its session with the tier, and goes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Terminal } from "../console.mjs";
import { look } from "../look.mjs";
import { until } from "../site.mjs";

export async function scenario({ site, console }) {
  const { page } = console;
  await console.signIn();

  await page.goto(`${site.url}/console/activations/create`);
  await page.getByLabel("Description").fill("lab machines");
  await page.getByLabel("Default name").fill("lab-1");
  await page.getByRole("button", { name: "Who may register" }).click();
  await page.getByRole("checkbox", { name: "A person lets each node in" }).check();
  await page.getByLabel("Ranges of addresses").fill("127.0.0.0/8\n::1");
  await look(console, "create-activation-approval");
  const answered = page.waitForResponse((one) => one.url().endsWith("/activations") && one.status() === 201);
  await page.getByRole("button", { name: "Create activation" }).click();
  const made = await (await answered).json();

  // nobody loads the list again: that a node waits comes by itself
  await page.goto(`${site.url}/console/nodes`);
  await page.getByText("No managed nodes").waitFor();
  const id = await site.enrol(made.id, made.code);
  await page.getByText("1 node waits for approval").waitFor();
  await look(console, "nodes-waiting");
  await page.goto(`${site.url}/console/nodes/${id}`);
  await page.getByText("This node waits for approval").waitFor();
  await look(console, "node-waiting");
  await page.goto(`${site.url}/console/nodes`);
  await page.getByRole("button", { name: "Approve lab-1" }).first().click();
  await page.getByText("waits for approval").waitFor({ state: "hidden" });
  const start = page.getByRole("button", { name: "Start session on lab-1" });
  await until("the node to be online", () => start.isEnabled(), 120_000);

  await tag(console, id);
  await filtered(console, site);
  await page.goto(`${site.url}/console/activations`);
  await page.getByRole("link", { name: made.id }).click();
  await page.getByText("1 of 1").waitFor();
  await page.getByRole("link", { name: "lab-1" }).waitFor();
  await look(console, "activation");

  await metered(console, site, id);
  await tiers(console, site);

  await page.goto(`${site.url}/console/nodes/${id}`);
  await page.getByRole("tab", { name: "Session history" }).click();
  await page.getByText("The tier allows no session to the node any more.").waitFor();
  await page.getByRole("tab", { name: "Events" }).click();
  await page.getByText("Approved").first().waitFor();
  await look(console, "node-events");
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Deregister" }).click();
  const asking = page.getByRole("dialog");
  await asking.getByText("Nobody has a session on it.").waitFor();
  await look(console, "node-deregister");
  await asking.getByRole("button", { name: "Deregister" }).click();
  await page.getByText("lab-1 was deregistered").waitFor();
  await page.getByText("No managed nodes").waitFor();
  await page.goto(`${site.url}/console/nodes/${id}`);
  await page.getByText("There is no managed node of that id").waitFor();
}

async function tag(console, id) {
  const { page } = console;
  await page.getByRole("link", { name: "lab-1" }).first().click();
  await page.waitForURL(new RegExp(`/nodes/${id}$`));
  await page.getByRole("heading", { level: 1, name: "lab-1" }).waitFor();
  await look(console, "node");
  await page.getByRole("button", { name: "Edit tags" }).click();
  await page.getByRole("button", { name: "Add new tag" }).click();
  // with the keyboard alone: the editor leads to what was added
  await page.keyboard.type("team");
  await page.keyboard.press("Tab");
  const value = page.getByRole("combobox").last();
  await value.fill("blue");
  await page.keyboard.press("Escape");
  await look(console, "node-tags");
  await page.getByRole("button", { name: "Save tags" }).click();
  await page.getByText("team=blue").waitFor();
}

/** Finds the node by its tag, and not by another. */
async function filtered(console, site) {
  const { page } = console;
  await page.goto(`${site.url}/console/nodes`);
  await page.getByRole("link", { name: "lab-1" }).waitFor();
  for (const [value, there] of [
    ["team=red", false],
    ["team=blue", true],
  ]) {
    await page.goto(`${site.url}/console/nodes`);
    const filter = page.getByRole("combobox", { name: "Filter managed nodes" });
    await filter.click();
    await page.getByRole("option", { name: "Tag (key=value)" }).click();
    await page.keyboard.type(value);
    await page.keyboard.press("Enter");
    await until("the filter in the address", () => new URL(page.url()).searchParams.getAll("tag").includes(value));
    await (there ? page.getByRole("link", { name: "lab-1" }) : page.getByText("No matches")).waitFor();
  }
}

async function metered(console, site, id) {
  const { page } = console;
  await page.goto(`${site.url}/console/tiers?by=node`);
  const row = page.getByRole("row").filter({ hasText: id });
  await until("the node's hours", async () => {
    await page.getByRole("button", { name: "Refresh node-hours" }).click();
    return row.isVisible();
  });
  assert.match(await row.innerText(), /\d+\.\d\d/);
  await look(console, "tiers");
  for (const [kind, has] of [
    ["CSV", `,${id},advanced,`],
    ["JSON", `"nodeId":"${id}"`],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: `Export ${kind}` }).click(),
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`^node-hours-.*\\.${kind.toLowerCase()}$`));
    assert.ok(readFileSync(await download.path(), "utf8").includes(has), `${kind} without the node`);
  }
}

/** Back to standard, which ends the session and says why, and forth. */
async function tiers(console, site) {
  const terminal = await console.startFromRow();
  const { page } = console;
  await page.goto(`${site.url}/console/tiers`);
  await page.getByRole("button", { name: "Switch to standard" }).click();
  const asking = page.getByRole("dialog");
  await asking.getByText("One active session to a hybrid node ends").waitFor();
  await look(console, "tiers-standard");
  await asking.getByRole("button", { name: "Switch to standard" }).click();
  await terminal.state("Ended");
  await terminal.tab.getByText("Enable advanced-instances tier").waitFor();
  await page.bringToFront();
  await page.getByRole("button", { name: "Switch to advanced" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Switch to advanced" }).click();
  await page.getByText("The activation tier is advanced").waitFor();
  const again = await console.startFromRow();
  assert.ok(again instanceof Terminal);
  await again.run("exit");
  await again.state("Ended");
}
