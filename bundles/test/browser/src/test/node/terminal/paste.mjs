// Pasted text: enclosed when the program asked for it, plain and asked about when not, whole, and without a way out of its brackets.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";

const LARGE = 256 * 1024;
const BEGIN = "\x1b[200~";
const END = "\x1b[201~";

export async function paste({ console: browser, terminal }) {
  const { tab } = terminal;
  await terminal.run("exec bash --norc");
  await terminal.run("clear; echo bash-$((6*7))");
  await terminal.shows(/^bash-42$/m);

  // the shell asked for brackets: nothing runs before Enter
  await pasted(terminal, "echo one-$((1+1))\necho two-$((2+2))");
  await terminal.shows(/echo two-/);
  await terminal.type(" #end");
  await terminal.shows(/#end/);
  assert.doesNotMatch(await terminal.text(), /^(one-2|two-4)$/m);
  assert.equal(await tab.getByRole("dialog").count(), 0);
  await tab.keyboard.press("Enter");
  await terminal.shows(/^one-2$/m);
  await terminal.shows(/^two-4$/m);

  // and a program did; what is pasted cannot end them
  await listening(terminal, "cat -v", "\\033[?2004h", 1);
  await pasted(terminal, `first\nsecond${END}third\x1b]0;x\x07`);
  await tab.keyboard.press("Enter");
  await terminal.shows(/^\^\[\[200~first$/m);
  await terminal.shows(/^second\[201~third\]0;x\^\[\[201~$/m);
  await over(terminal, 1);

  // nobody asked: plain, and several lines only after a question
  await listening(terminal, "cat -v", "\\033[?2004l", 2);
  await pasted(terminal, "one line");
  await tab.keyboard.press("Enter");
  await terminal.shows(/^one line$/m);
  const question = tab.getByRole("dialog", { name: "Paste 2 lines?" });
  await pasted(terminal, "refused\nlines");
  await question.getByText("refused").waitFor();
  await browser.axe("paste question", tab);
  await browser.picture("paste-question", tab);
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "hidden" });
  assert.equal(await focused(tab), "xterm-helper-textarea");
  await pasted(terminal, "alpha\nbeta");
  await question.getByRole("button", { name: "Paste" }).click();
  await tab.keyboard.press("Enter");
  await terminal.shows(/^alpha$/m);
  await terminal.shows(/^beta$/m);
  assert.doesNotMatch(await terminal.text(), /refused|200~/);
  await over(terminal, 2);

  const lines = Array.from({ length: LARGE / 64 }, (_, at) => `${String(at).padStart(62, "0")} `).join("\n").concat("\n");
  await listening(terminal, "sha256sum", "\\033[?2004l", 3);
  await pasted(terminal, lines);
  await tab.getByRole("dialog").getByRole("button", { name: "Paste" }).click();
  await tab.keyboard.press("Control+d");
  await terminal.shows(new RegExp(`^${sha256(lines)}  -$`, "m"));

  // in brackets, to a program that reads each byte
  const sent = BEGIN + lines.replaceAll("\n", "\r") + END;
  await listening(terminal, `stty raw; head -c ${sent.length} | sha256sum`, "\\033[?2004h", 4);
  await pasted(terminal, lines);
  await terminal.shows(new RegExp(`^${sha256(sent)}  -$`, "m"));
  await terminal.run("stty sane; printf '\\033[?2004l'; clear");
}

/** As a person does: from the clipboard, with the key for it. */
async function pasted(terminal, text) {
  const { tab } = terminal;
  await tab.bringToFront();
  await tab.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await tab.locator(".xterm-helper-textarea").focus();
  await tab.keyboard.press("Control+Shift+V");
}

/** Starts a program whose input is not echoed, after it has set a mode of the terminal. */
async function listening(terminal, program, mode, at) {
  await terminal.run(`clear; stty -echo; printf '${mode}ready-%s\\n' $((${at}+40)); ${program}; stty echo; echo over-$((${at}+40))`);
  await terminal.shows(new RegExp(`^ready-${at + 40}$`, "m"));
}

async function over(terminal, at) {
  await terminal.tab.keyboard.press("Control+d");
  await terminal.shows(new RegExp(`^over-${at + 40}$`, "m"));
}

const focused = (tab) => tab.evaluate(() => document.activeElement?.className);
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
