// A right is given, used, taken away, and the refusal that follows is opened; each page about access is looked at.
import assert from "node:assert/strict";
import { Console } from "../console.mjs";
import { until } from "../site.mjs";

const SEE = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["ssm:DescribeInstanceInformation", "ssm:DescribeSessions"], Resource: "*" },
  ],
};

export async function scenario({ site, console }) {
  const { page } = console;
  await console.signIn();
  await console.enrol();
  const open = (path) => page.goto(`${site.url}/console/access/${path}`);

  await createPolicy(console, open);
  const password = await createUser(console, open);

  const bob = await Console.open(site);
  try {
    await bob.signIn({ user: "bob", password });
    const terminal = await bob.startFromRow();
    await terminal.run("echo given-$((20+22))");
    await terminal.shows(/given-42/);

    await open("users/user?name=bob");
    await page.getByRole("button", { name: "Detach ShellOnNode" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Detach", exact: true }).click();
    const taken = Date.now();
    await terminal.state("Ended");
    globalThis.console.log(`the session ended ${Date.now() - taken} ms after its right was taken away`);
    await terminal.tab.getByText("Your access was taken away").first().waitFor();
    await terminal.tab.close();

    const reference = await denied(bob, site);
    await open("denials");
    await page.getByLabel("Why was this denied?").fill(reference);
    await page.getByRole("button", { name: "Show why" }).click();
    await page.getByText("Denied: nothing allows it").waitFor();
    await page.getByText(/user\/bob/).first().waitFor();
    await page.getByText("ssm:StartSession", { exact: true }).first().waitFor();
    await look(console, "access-denial");

    // who was denied has the reference alone
    await bob.page.goto(`${site.url}/console/access/denials?reference=${/\(reference ([A-Z2-7]{20})\)/.exec(reference)[1]}`);
    await bob.page.getByText(/sallyport:GetDecision/).waitFor();
  } finally {
    await bob.close();
  }

  await simulate(console, open);
  for (const [name, path] of [
    ["access-users", "users"],
    ["access-user", "users/user?name=bob"],
    ["access-groups", "groups"],
    ["access-group", "groups/group?name=operators"],
    ["access-roles", "roles"],
    ["access-role", "roles/role?name=SSMServiceRole"],
    ["access-create-role", "roles/create"],
    ["access-policies", "policies"],
    ["access-denials", "denials"],
  ]) {
    await open(path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await look(console, name);
  }
}

/** From a template, with a mistake that the server points at first. */
async function createPolicy(console, open) {
  const { page } = console;
  await open("policies/create");
  await page.getByRole("button", { name: /Template/ }).click();
  await page.getByRole("option", { name: /Shell on one node/ }).click();
  const text = page.getByRole("textbox", { name: "Policy document" });
  const document = (await text.inputValue()).replace("mi-0123456789abcdef0", console.nodeId);
  await text.fill(document.replace('"ssm:StartSession"', '"ssm"'));
  await page.getByText(/^Cannot be stored/).waitFor();
  await page.getByRole("button", { name: /^Show line/ }).click();
  await look(console, "access-create-policy-fault");
  await text.fill(document.replace(/"Condition": {[^}]*}\s*}/, '"Condition": {}'));
  await page.getByText(/DOCUMENT_UNCHECKED/).waitFor();
  await look(console, "access-create-policy-finding");
  await text.fill(document);
  await page.getByText(/^Can be stored, \d+ of 6144/).waitFor();
  await page.getByLabel("Policy name").fill("ShellOnNode");
  await page.getByRole("button", { name: "Create policy" }).click();
  await page.getByRole("heading", { level: 1, name: "ShellOnNode" }).waitFor();
  await page.getByText("Where it is used").waitFor();
  await look(console, "access-policy");
}

/** With the policy, with one of its own that lets it see nodes, in a group, and with a password, which is answered. */
async function createUser(console, open) {
  const { page } = console;
  await open("groups");
  await page.getByRole("button", { name: "Create group" }).click();
  await page.getByLabel("Group name").fill("crew");
  await page.getByRole("dialog").getByRole("button", { name: "Create group" }).click();
  await page.getByRole("heading", { level: 1, name: "crew" }).waitFor();
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("operators");
  await look(console, "access-rename");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "operators" }).waitFor();

  await open("users");
  await page.getByRole("button", { name: "Create user" }).click();
  await page.getByLabel("User name").fill("bob");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "bob" }).waitFor();

  await page.getByRole("button", { name: "Attach policy" }).click();
  await choose(page, "policy", "ShellOn");
  await page.getByRole("dialog").getByRole("button", { name: "Attach", exact: true }).click();
  await page.getByRole("link", { name: "ShellOnNode" }).first().waitFor();

  await page.getByRole("button", { name: "Create inline policy" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("see");
  await dialog.getByRole("textbox", { name: "Policy document" }).fill(JSON.stringify(SEE, null, 2));
  await dialog.getByText(/^Can be stored, \d+ of 2048/).waitFor();
  await look(console, "access-inline-policy");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Edit see" }).waitFor();

  await page.getByRole("button", { name: "Add to group" }).click();
  await choose(page, "group", "oper");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("link", { name: "operators" }).waitFor();

  await page.getByRole("button", { name: "Create password" }).click();
  const password = await page.getByLabel("Password", { exact: true }).inputValue();
  await page.getByRole("dialog").getByRole("button", { name: "Create password" }).click();
  await page.getByText(/^Since /).waitFor();
  return password;
}

/** What somebody without the right is told. */
async function denied(bob, site) {
  await bob.page.goto(`${site.url}/console/nodes`);
  const button = bob.page.getByRole("button", { name: /^Start session on/ }).first();
  await until("the node to be connected", () => button.isEnabled());
  await button.click();
  const notice = bob.page.getByText(/is not authorized to perform: ssm:StartSession/).first();
  await notice.waitFor();
  const text = await notice.innerText();
  assert.match(text, /\(reference [A-Z2-7]{20}\)/);
  return text;
}

async function simulate(console, open) {
  const { page } = console;
  await open("simulator");
  await choose(page, "principal", "bob");
  await choose(page, "node", "browser-test");
  await until("the node's ARN", async () =>
    (await page.getByLabel("Resources").inputValue()).includes(`managed-instance/${console.nodeId}`),
  );
  await page.getByRole("button", { name: "Simulate" }).click();
  await page.getByText("2 of 2 would be denied; all must be allowed.").waitFor();
  await look(console, "access-simulator");
}

/** One of many, by a part of its name. */
async function choose(page, label, text) {
  await page.locator("button", { hasText: CHOICES[label] }).click();
  await page.getByLabel(`Find ${label}`).fill(text);
  await page.getByRole("option", { name: new RegExp(text, "i") }).first().click();
}

const CHOICES = {
  policy: "Choose a policy",
  group: "Choose a group",
  principal: "Choose who asks",
  node: "Choose a node",
};

/** Checks and keeps a picture of a page: light, dark and narrow. */
async function look(console, name) {
  const { page } = console;
  for (const shape of ["light", "dark", "narrow"]) {
    const dark = shape === "dark";
    await page.setViewportSize(shape === "narrow" ? { width: 400, height: 900 } : { width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
    await page.waitForFunction(
      (wanted) =>
        document.body.classList.contains("awsui-dark-mode") === wanted &&
        document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity),
      dark,
    );
    await console.axe(`${name} ${shape}`);
    await console.picture(`${name}-${shape}`);
    if (shape === "narrow") {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > 400) console.faults.push(`${name} is ${wide} wide at 400`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
}
