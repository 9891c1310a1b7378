// The terminal itself: what is pasted, searched, linked and coloured, its size, and several of them at once.
import { colour } from "../terminal/colour.mjs";
import { links } from "../terminal/links.mjs";
import { paste } from "../terminal/paste.mjs";
import { search } from "../terminal/search.mjs";
import { size } from "../terminal/size.mjs";
import { tabs } from "../terminal/tabs.mjs";

export async function scenario({ site, console: browser }) {
  await browser.signIn();
  await browser.enrol();
  const terminal = await size({ console: browser });
  for (const part of [paste, search, links, colour, tabs]) {
    await part({ site, console: browser, terminal });
  }
}
