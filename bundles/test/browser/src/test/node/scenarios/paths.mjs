// Ways through the console that are not those of each day, one after the other with one server, agent and browser.
import { scenario as account } from "../paths/account.mjs";
import { scenario as connection } from "../paths/connection.mjs";
import { scenario as idle } from "../paths/idle.mjs";
import { scenario as reloads } from "../paths/reloads.mjs";

export async function scenario({ site, console: browser }) {
  await browser.signIn();
  await browser.enrol();
  for (const path of [reloads, connection, idle, account]) {
    await path({ site, console: browser });
  }
}
