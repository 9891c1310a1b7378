// The second factor from its enrolment to its end, and a sign-out of all browsers at once.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { until } from "../site.mjs";

export async function scenario({ site, console: browser }) {
  const { page } = browser;
  const { user, password } = site.admin();
  const factor = `${site.url}/console/account/second-factor`;
  await page.goto(factor);
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await browser.axe(`second factor ${colorScheme}`, page);
  }
  await page.emulateMedia({ colorScheme: "light" });
  const secret = base32((await page.locator(".once").innerText()).replaceAll(/\s/g, ""));
  const code = page.getByLabel("2. Type the code that it shows");
  await code.fill("12345");
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByText("The code is six digits.").waitFor();
  await code.fill(wrong(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByText(/code/i).filter({ hasText: /not right|wrong|rejected|not the one/i }).first().waitFor();
  // of three codes that hold now each is taken once
  const used = totp(secret, -1);
  await code.fill(used);
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByText("The second factor is on").waitFor();

  // another browser of the same person: the password alone is not enough, a wrong code neither, nor one that was used
  const other = await browser.browser.newContext({ ignoreHTTPSErrors: true });
  other.setDefaultTimeout(60_000);
  const second = await other.newPage();
  await second.goto(`${site.url}/console/`);
  await browser.tryCredentials({ user, password }, second);
  await second.getByLabel("Code").waitFor();
  assert.equal(await second.evaluate(() => document.activeElement?.getAttribute("name")), "code");
  for (const refused of [wrong(secret), used]) {
    await second.getByLabel("Code").fill(refused);
    await second.getByRole("button", { name: "Sign in" }).click();
    await second.getByRole("alert").waitFor();
    await until("an empty field", async () => (await second.getByLabel("Code").inputValue()) === "");
  }
  await second.getByLabel("Code").fill(totp(secret, 0));
  await second.getByRole("button", { name: "Sign in" }).click();
  await second.getByRole("button", { name: user }).first().waitFor();

  // signed out everywhere: the other one is told without a click
  await second.goto(`${site.url}/console/nodes`);
  await second.getByRole("heading", { level: 1, name: "Managed nodes" }).waitFor();
  await page.goto(`${site.url}/console/nodes`);
  await page.getByRole("heading", { level: 1, name: "Managed nodes" }).waitFor();
  await second.getByRole("button", { name: user }).first().click();
  await second.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await second.getByLabel("User name").waitFor();
  await page.getByLabel("User name").waitFor();
  assert.equal(await page.evaluate(async () => (await fetch("/console/api/v1/session")).status), 401);
  await other.close();

  await browser.tryCredentials({ user, password });
  await page.getByLabel("Code").fill(totp(secret, 1));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Managed nodes" }).waitFor();
}

function base32(text) {
  const bits = [...text].map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** RFC 6238, of a step of 30 s before or after the present one. */
function totp(secret, steps) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const value = hash.readUInt32BE(hash[19] & 0xf) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, "0");
}

/** None of the codes that hold about now. */
function wrong(secret) {
  const right = [-2, -1, 0, 1, 2].map((steps) => totp(secret, steps));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !right.includes(code));
}
