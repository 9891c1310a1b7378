// A page that is loaded again or crashes, a server that is killed or falls silent, each in the middle of output: no line is lost or doubled.
import assert from "node:assert/strict";
import { Terminal } from "../console.mjs";
import { until } from "../site.mjs";

export async function scenario({ site, console }) {
  await console.signIn();
  await console.enrol();
  const terminal = await console.startFromRow();
  let { tab } = terminal;

  await counting(terminal, "reload", async (shown) => {
    for (let round = 0; round < 5; round++) {
      await shown();
      await tab.reload();
      await terminal.state("Connected");
    }
  });

  await counting(terminal, "kill", async (shown) => {
    await shown();
    await site.kill();
    await terminal.state("Reconnecting");
    await site.startServer();
    await terminal.state("Connected");
  });

  await counting(terminal, "kill-and-reload", async (shown) => {
    await shown();
    await site.kill();
    await terminal.state("Reconnecting");
    await site.startServer();
    await tab.reload();
    await terminal.state("Connected");
  });

  await counting(terminal, "silent", async (shown) => {
    await shown();
    site.freeze(true);
    await terminal.state("Reconnecting");
    site.freeze(false);
    await terminal.state("Connected");
  });

  // typed while there is nobody to send it to
  await site.kill();
  await terminal.state("Reconnecting");
  await terminal.run("echo typed-$((6*7))");
  await site.startServer();
  await terminal.shows(/^typed-42$/m);

  // a second tab takes it over, and the first one is told
  const url = tab.url();
  const second = await console.context.newPage();
  await second.goto(url);
  const there = new Terminal(second);
  await there.state("Connected");
  await terminal.state("Elsewhere");
  await there.run("echo second-$((6*7))");
  await there.shows(/^second-42$/m);
  assert.equal(numbers(await there.everything(), "reload").length, LINES);
  await tab.getByRole("button", { name: "Go on here" }).click();
  await terminal.state("Connected");
  await there.state("Elsewhere");
  await terminal.run("echo back-$((6*7))");
  await terminal.shows(/^back-42$/m);

  // another browser does not get it
  const stranger = await console.browser.newContext({ ignoreHTTPSErrors: true });
  const elsewhere = await stranger.newPage();
  await console.signIn(site.admin(), elsewhere);
  await elsewhere.goto(url);
  await new Terminal(elsewhere).state("Refused");
  await stranger.close();
  await counting(terminal, "crash", async (shown) => {
    await shown();
    // the page's process dies, so nothing of it can say farewell
    const url = tab.url();
    const gone = tab.waitForEvent("crash");
    await Promise.all([gone, tab.goto("chrome://crash").catch(() => undefined)]);
    await tab.close();
    tab = terminal.tab = await console.context.newPage();
    await tab.goto(url);
    await terminal.state("Connected");
  });

  await terminal.run("exit");
  await terminal.state("Ended");
  await tab.getByText("The program on the node ended.").waitFor();
}

const LINES = 700;

/** Prints numbered lines, a few each moment, disturbs that, and compares what is there in the end. */
async function counting(terminal, word, disturb) {
  await terminal.run(`for i in $(seq 1 ${LINES}); do echo "${word} $i é€𝄞"; sleep 0.02; done; echo ${word}-is-$((40+2))`);
  let seen = 0;
  await disturb(() =>
    until(`more of ${word}`, async () => {
      const last = numbers(await terminal.text(), word).at(-1) ?? 0;
      if (last < seen + 20) return false;
      seen = last;
      return true;
    }),
  );
  await terminal.shows(new RegExp(`^${word}-is-42$`, "m"));
  const all = numbers(await terminal.everything(), word);
  assert.deepEqual(
    all,
    Array.from({ length: LINES }, (_, at) => at + 1),
    `lines of ${word}`,
  );
}

function numbers(text, word) {
  return [...text.matchAll(new RegExp(`^${word} (\\d+) é€𝄞$`, "gm"))].map((found) => Number(found[1]));
}
