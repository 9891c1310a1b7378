// How long each list takes to open and to filter, from the click or key press to the rows being drawn, beside the least that a page could do:
// the same request by fetch alone, and its rows in a table without styles. SALLYPORT_ROUNDS says how often.
import assert from "node:assert/strict";

const ROUNDS = Number(process.env.SALLYPORT_ROUNDS ?? 1);
const NODES = 1_000;
const SESSIONS = 10_000;

export const options = { seeded: true };

export async function scenario({ console: browser }) {
  await browser.signIn();
  const { page } = browser;
  await page.evaluate(watchFromInside);
  assert.equal(await count(page, "/nodes?"), NODES);
  assert.equal(await count(page, "/sessions?state=history&"), SESSIONS);

  const [node] = (await ask(page, "/nodes?max=100&text=web")).items.slice(57);
  const [session] = (await ask(page, "/sessions?state=history&max=100")).items.slice(57);
  const nodes = new List(page, "managed nodes", "nodes", "/nodes?", "id");
  const history = new List(page, "session history", "sessions/history", "/sessions?state=history&", "id");
  const active = new List(page, "sessions", "sessions", "/sessions?state=active&", "id");
  const activations = new List(page, "activations", "activations", "/activations?", "id");

  const figures = [];
  for (const list of [nodes, history, active, activations]) figures.push(await list.opens());
  for (const [typed, query, what] of [
    [node.name, `text=${node.name}`, "a name"],
    [node.id, `text=${node.id}`, "an id"],
    ["nothing-has-this", "text=nothing-has-this", "a text that nothing has"],
    ["Status = Connection lost", "status=ConnectionLost"],
    ["Platform = Windows", "platform=Windows"],
    ["Tag (key=value) = Purpose=db", "tag=Purpose%3Ddb"],
  ]) {
    figures.push(await nodes.filters(typed, query, what));
  }
  figures.push(await nodes.turns());
  for (const [typed, query, what] of [
    ["CHG-1", "text=CHG-1", "a part of a reason"],
    [session.id, `text=${session.id}`, "an id"],
    ["nothing-has-this", "text=nothing-has-this", "a text that nothing has"],
    ["Status = Failed", "status=Failed"],
    [`Node ID = ${session.target}`, `target=${session.target}`, "Node ID"],
    [`Owner ARN = ${session.owner}`, `owner=${encodeURIComponent(session.owner)}`, "Owner ARN"],
  ]) {
    figures.push(await history.filters(typed, query, what));
  }
  figures.push(await history.within("In the last 30 days", 30 * 24, session.target));
  figures.push(await history.turns());
  const worst = figures.sort((a, b) => b - a)[0];
  console.log(`BENCHMARK browser lists, slowest median of ${figures.length}: ${worst.toFixed(0)} ms (goal: under 300)`);
}

/** One list of the console, in a page that is signed in. */
class List {
  constructor(page, name, path, request) {
    Object.assign(this, { page, name, path, request });
  }

  opens() {
    return this.#measure("open", "", async () => {
      await this.#leave();
      return () => this.page.locator(`nav a[href="/console/${this.path}"]`).click();
    });
  }

  filters(typed, query, what = typed) {
    return this.#measure(`filter ${what}`, query, async () => {
      await this.#leave();
      await this.#open();
      const input = this.page.getByRole("combobox", { name: /^Filter / });
      await input.fill(typed);
      return () => input.press("Enter");
    });
  }

  /** Of one node, since the newest of all are the same in each span. */
  within(option, hours, target) {
    const query = () => `target=${target}&from=${new Date(Date.now() - hours * 3_600_000).toISOString()}`;
    return this.#measure(`filter Node ID, then ${option}`, query, async () => {
      await this.#leave();
      await this.#open();
      const input = this.page.getByRole("combobox", { name: /^Filter / });
      await input.fill(`Node ID = ${target}`);
      await input.press("Enter");
      const { items } = await ask(this.page, `${this.request}max=20&target=${target}`);
      await this.page.waitForFunction((rows) => globalThis.shownIds().length === rows, items.length);
      await this.page.getByRole("button", { name: /^Started ./ }).click();
      return () => this.page.getByRole("option", { name: option }).click();
    });
  }

  turns() {
    return this.#measure("next page", async () => `next=${encodeURIComponent((await ask(this.page, `${this.request}max=20`)).next)}`, async () => {
      await this.#leave();
      await this.#open();
      return () => this.page.getByRole("button", { name: "Next page" }).first().click();
    });
  }

  /** Prints the figures of one thing and answers its median. */
  async #measure(what, query, prepare) {
    const ours = [];
    const bare = [];
    let rows;
    // the first of several finds caches cold
    const cold = ROUNDS > 1 ? 1 : 0;
    for (let round = 0; round < ROUNDS + cold; round++) {
      const path = `${this.request}max=20&${typeof query === "string" ? query : await query()}`;
      const plain = await this.page.evaluate(plainly, path);
      const act = await prepare();
      const shown = this.page.evaluate((ids) => globalThis.rowsAreShown(ids), plain.ids);
      await this.page.evaluate(() => globalThis.armed);
      await act();
      const millis = await shown;
      assert.deepEqual(await this.page.evaluate(() => globalThis.shownIds()), plain.ids, `${this.name}, ${what}`);
      rows = plain.ids.length;
      if (/nothing-has-this/.test(path)) assert.equal(rows, 0);
      else if (!/active|activations/.test(path)) assert.ok(rows > 0, path);
      if (round >= cold) {
        ours.push(millis);
        bare.push(plain.millis);
      }
    }
    const of = { ours: sorted(ours), bare: sorted(bare) };
    const half = Math.ceil(bare.length / 2);
    const noise = at(sorted(bare.slice(-half)), 0.5) / at(sorted(bare.slice(0, half)), 0.5);
    console.log(
      `BENCHMARK browser ${this.name}, ${what}: p50 ${ms(of.ours, 0.5)} p95 ${ms(of.ours, 0.95)} ms, ` +
        `fetch and plain table p50 ${ms(of.bare, 0.5)} p95 ${ms(of.bare, 0.95)} ms, ` +
        `ratio ${(at(of.ours, 0.5) / at(of.bare, 0.5)).toFixed(1)}, noise ${noise.toFixed(2)}, ${rows} rows, ${ours.length} times`,
    );
    return at(of.ours, 0.5);
  }

  /** To a page without a list. */
  async #leave() {
    await this.page.locator('nav a[href="/console/"]').first().click();
    await this.page.getByRole("heading", { name: "Begin here" }).waitFor();
    await this.page.waitForFunction(() => !document.querySelector("#main table"));
  }

  async #open() {
    await this.page.locator(`nav a[href="/console/${this.path}"]`).click();
    await this.page.locator("#main tbody tr").first().waitFor();
    await this.page.waitForFunction(() => !/Loading/.test(document.querySelector("#main tbody").innerText));
  }
}

/** Runs in the page: what tells when rows are on the screen. */
function watchFromInside() {
  const ID = /^(mi-[0-9a-f]{17}|.+-[0-9a-f]{17}|[0-9a-f]{8}-[0-9a-f-]{27})$/;
  globalThis.shownIds = () =>
    [...document.querySelectorAll("#main tbody tr")].flatMap((row) => {
      const cell = [...row.querySelectorAll("td, th")].find((one) => ID.test(one.innerText.trim()));
      return cell ? [cell.innerText.trim()] : [];
    });
  // without forcing a layout for each change
  const isShown = (ids) => {
    const body = document.querySelector("#main tbody");
    if (!body) return false;
    if (ids.length === 0) return /No matches|No sessions|No activations/.test(body.textContent);
    const rows = body.querySelectorAll("tr");
    return rows.length === ids.length && ids.every((id, at) => rows[at].textContent.includes(id));
  };
  globalThis.rowsAreShown = (ids) =>
    new Promise((resolve, reject) => {
      let begun;
      setTimeout(() => reject(new Error(`the rows did not come: ${ids}`)), 120_000);
      const begin = (event) => (begun ??= event.timeStamp);
      // what a choice of a menu acts on, and never becomes a click, since the menu is gone by then
      const beginnings = ["mouseup", "keydown"];
      beginnings.forEach((kind) => addEventListener(kind, begin, { capture: true }));
      const observer = new MutationObserver(() => {
        if (begun === undefined || !isShown(ids)) return;
        observer.disconnect();
        beginnings.forEach((kind) => removeEventListener(kind, begin, { capture: true }));
        // drawn: a task after the frame that has them
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - begun);
          port2.postMessage(0);
        });
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
}

/** Runs in the page: the least that shows the same rows. */
async function plainly(path) {
  const begun = performance.now();
  const answer = await fetch(`/console/api/v1${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const { items } = await answer.json();
  const table = document.createElement("table");
  for (const item of items) {
    const row = table.insertRow();
    for (const value of Object.values(item).slice(0, 8)) row.insertCell().textContent = String(value);
  }
  document.body.append(table);
  await new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    }),
  );
  const millis = performance.now() - begun;
  table.remove();
  return { millis, ids: items.map(({ id }) => id) };
}

const ask = (page, path) => page.evaluate(async (asked) => (await fetch(`/console/api/v1${asked}`)).json(), path);

/** How many items all pages of a list have. */
const count = (page, path) =>
  page.evaluate(async (asked) => {
    let found = 0;
    let next = "";
    do {
      const part = await (await fetch(`/console/api/v1${asked}max=100${next}`)).json();
      found += part.items.length;
      next = part.next === null ? "" : `&next=${encodeURIComponent(part.next)}`;
    } while (next !== "");
    return found;
  }, path);

const sorted = (times) => [...times].sort((a, b) => a - b);
const at = (times, part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
const ms = (times, part) => at(times, part).toFixed(0);
