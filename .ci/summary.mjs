// Reads the test reports of all modules and says what ran and what did not, and why.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

function reports(folder, found = []) {
  for (const name of readdirSync(folder)) {
    if (name === "node_modules" || name === ".git" || name === "src") continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) reports(path, found);
    else if (/TEST-.*\.xml$/.test(name) && /(surefire|failsafe)-reports/.test(path)) found.push(path);
  }
  return found;
}

const text = (xml) =>
  xml.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#10;/g, " ").replace(/&amp;/g, "&");
let passed = 0;
let failed = 0;
const skipped = [];
for (const report of reports("bundles")) {
  const xml = readFileSync(report, "utf8");
  for (const match of xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const [, head, body = ""] = match;
    const name = `${/classname="([^"]*)"/.exec(head)?.[1]}.${/ name="([^"]*)"/.exec(head)?.[1]}`;
    if (/<skipped\b/.test(body)) {
      const reason =
        /<skipped[^>]*message="([^"]*)"/.exec(body)?.[1] ??
        /<skipped[^>]*><!\[CDATA\[(?:[\w.]*Exception: )?(?:Assumption failed: )?([^\n\]]*)/.exec(body)?.[1] ??
        "no reason given";
      skipped.push(`${text(name)}: ${text(reason)}`);
    } else if (/<(failure|error)\b/.test(body)) {
      failed += 1;
      console.log(`failed: ${text(name)}`);
    } else {
      if (/<flaky(Failure|Error)\b/.test(body)) console.log(`flaky: ${text(name)}`);
      passed += 1;
    }
  }
}
for (const line of skipped.sort()) console.log(`skipped: ${line}`);
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
