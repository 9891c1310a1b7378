// A browser and what a person does in the console; watches what no page may do.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { until } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PICTURES = process.env.SALLYPORT_PICTURES;

export class Console {
  /** What no page may do, and what went wrong in pages. */
  faults = [];
  #tokens = new Set();
  #crashed = new Set();

  static async open(site, { width = 1280, height = 800, dark = false } = {}) {
    const made = new Console();
    made.site = site;
    made.browser = await chromium.launch({
      executablePath: process.env.SALLYPORT_CHROMIUM,
      // the terminal is then drawn with the document, where its lines can be read
      args: ["--disable-3d-apis"],
    });
    // the server's authority is its own; that it is trusted only when a person says so is tested elsewhere
    made.context = await made.browser.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    made.context.setDefaultTimeout(60_000);
    await made.context.addInitScript(() => {
      globalThis.policyViolations = [];
      addEventListener("securitypolicyviolation", (event) =>
        globalThis.policyViolations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`),
      );
    });
    made.context.on("page", (page) => made.#watch(page));
    made.page = await made.context.newPage();
    return made;
  }

  async signIn(credentials = this.site.admin(), page = this.page) {
    await page.goto(`${this.site.url}/console/`);
    await this.tryCredentials(credentials, page);
    const inside = page.getByRole("button", { name: credentials.user }).first();
    // a machine that is very busy may be too slow for a password's hash at first; the page says so, and a person tries again
    const late = page.getByText("did not answer within");
    for (let tries = 0; tries < 10; tries++) {
      await inside.or(late).first().waitFor();
      if (await inside.isVisible()) return;
      await page.getByRole("button", { name: "Sign in" }).click();
      await until("the answer", async () => (await inside.isVisible()) || (await late.isVisible()));
    }
    await inside.waitFor();
  }

  async tryCredentials({ user, password }, page = this.page) {
    await page.getByLabel("User name").fill(user);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  }

  /** Creates an activation in the browser and enrols this machine with it. */
  async enrol() {
    await this.page.goto(`${this.site.url}/console/activations/create`);
    await this.page.getByLabel("Default name").fill("browser-test");
    const answered = this.page.waitForResponse((one) => one.url().endsWith("/activations") && one.status() === 201);
    await this.page.getByRole("button", { name: "Create activation" }).click();
    const made = await (await answered).json();
    await this.page.getByText(made.code).first().waitFor();
    this.nodeId = await this.site.enrol(made.id, made.code);
    return made;
  }

  /** Starts a session from the row of the node and answers its tab. */
  async startFromRow() {
    await this.page.goto(`${this.site.url}/console/nodes`);
    const button = this.page.getByRole("button", { name: /^Start session on/ }).first();
    await until("the node to be connected", () => button.isEnabled());
    const [tab] = await Promise.all([this.context.waitForEvent("page"), button.click()]);
    await tab.waitForURL(/terminal\.html\?session=/);
    return Terminal.in(tab);
  }

  /** Serious findings of axe in what a page shows now. */
  async axe(name, page = this.page) {
    await page.evaluate(AXE);
    // half faded in, a text has no contrast; what never ends, such as a spinner, is not waited for
    await page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
          .map((one) => one.finished),
      ),
    );
    // but for colours that the program on the node named
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run({ exclude: [".xterm-rows [style*=color]"] }, { resultTypes: ["violations"] }),
    );
    for (const { id, impact, nodes } of violations) {
      if (impact === "serious" || impact === "critical") {
        this.faults.push(`axe: ${name}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
      }
    }
  }

  async picture(name, page = this.page) {
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  /** Fails when a page did what no page may. To be called at the end of each scenario. */
  async close() {
    for (const page of this.context.pages().filter((one) => !this.#crashed.has(one))) {
      const kept = await page.evaluate(() => [
        location.href,
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
        JSON.stringify(history.state),
        ...globalThis.policyViolations.map((violation) => `policy: ${violation}`),
      ]);
      this.faults.push(...kept.filter((text) => text.startsWith("policy: ")));
      for (const token of this.#tokens) {
        if (kept.some((text) => text.includes(token))) this.faults.push(`a token stands in ${page.url()}`);
      }
    }
    await this.browser.close();
    if (this.faults.length > 0) throw new Error(`faults:\n${[...new Set(this.faults)].join("\n")}`);
  }

  #watch(page) {
    page.on("crash", () => this.#crashed.add(page));
    page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error}`));
    page.on("console", (message) => {
      if (/content security policy|trusted ?type/i.test(message.text())) this.faults.push(message.text());
    });
    page.on("request", (request) => {
      if (/token/i.test(request.url())) this.faults.push(`a token in an address: ${request.url()}`);
    });
    page.on("response", async (response) => {
      if (/\/resume$/.test(new URL(response.url()).pathname) && response.ok()) {
        const { token } = await response.json().catch(() => ({}));
        if (token) this.#tokens.add(token);
      }
    });
    // leaving a page with a running session asks the person, who means it
    page.on("dialog", (dialog) => void dialog.accept().catch(() => undefined));
  }
}

/** The terminal in a tab. */
export class Terminal {
  constructor(tab) {
    this.tab = tab;
  }

  static async in(tab) {
    const terminal = new Terminal(tab);
    await terminal.state("Connected");
    await terminal.prompt();
    return terminal;
  }

  /** Waits until the tab says so. */
  async state(words) {
    await this.tab.locator(".terminal-state [role=status]").getByText(words, { exact: true }).waitFor();
  }

  async type(text) {
    await this.tab.locator(".xterm-helper-textarea").focus();
    await this.tab.keyboard.insertText(text);
  }

  async run(command) {
    await this.type(command);
    await this.tab.keyboard.press("Enter");
  }

  /** All output, as the person copies it. */
  async everything() {
    await this.tab.getByRole("button", { name: "Actions" }).click();
    await this.tab.getByRole("menuitem", { name: "Copy all output" }).click();
    return this.tab.evaluate(() => navigator.clipboard.readText());
  }

  /** What is to be seen now. */
  async text() {
    const rows = await this.tab.locator(".xterm-rows > div").allTextContents();
    return rows.map((row) => row.replaceAll("\u00a0", " ").trimEnd()).join("\n");
  }

  async prompt() {
    await until("a prompt", async () => /[$#] ?$/m.test(await this.text()));
  }

  async shows(pattern, millis) {
    return until(`${pattern} in the terminal`, async () => pattern.exec(await this.text()), millis);
  }
}
