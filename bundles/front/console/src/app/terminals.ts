import { startSession, type Start } from "../api/calls";
import { TerminalDatabase } from "../channel/database";
import { notify, notifyProblem } from "./notices";

/** The tab of a session's terminal. The address holds the session's id, which opens nothing: the tab asks for a token of its own. */
export const terminalHref = (sessionId: string): string =>
  `/console/terminal.html?session=${encodeURIComponent(sessionId)}`;

/**
 * Starts a session and shows its terminal in a tab of its own. To be called right in the handler of a click: the tab is opened before the
 * server is asked, because browsers stop what opens later as a pop-up.
 *
 * @param name of the node, for people
 */
export async function startInTab(start: Start, name: string): Promise<boolean> {
  const tab = window.open("", "_blank");
  if (tab) {
    tab.document.title = `Starting - ${name}`;
    tab.document.documentElement.style.colorScheme = "dark light";
    tab.document.body.textContent = `Starting a session on ${name} ...`;
  }
  let id: string;
  try {
    id = await startSession(start);
  } catch (thrown) {
    tab?.close();
    notifyProblem(`No session on ${name}`, thrown);
    return false;
  }
  if (tab && !tab.closed) {
    tab.location.replace(terminalHref(id));
    tab.opener = null;
  } else {
    notify({
      type: "info",
      title: `The session on ${name} has started`,
      text: "The browser did not let its tab open. Allow pop-ups of this address, or",
      link: { text: "open the terminal here.", href: terminalHref(id) },
    });
  }
  return true;
}

/** Who signs out leaves no output of nodes in the browser. What cannot be removed now is removed when somebody else opens a terminal. */
export const forgetTerminals = (): Promise<void> => TerminalDatabase.forgetAll().catch(() => undefined);
