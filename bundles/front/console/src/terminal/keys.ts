import type { Terminal } from "@xterm/xterm";

/** What keys can ask of the page. */
interface KeyEvents {
  command(command: "leave" | "search"): void;
}

/**
 * Whether a key is for the page or the browser and not for the program: Ctrl+Shift with C copies, with V pastes, with F searches and with
 * L leaves the terminal; Ctrl+Insert and Shift+Insert copy and paste.
 */
export function isOwnKey(event: KeyboardEvent, terminal: Terminal, events: KeyEvents): boolean {
  const down = event.type === "keydown";
  if (event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey) {
    switch (event.code) {
      case "KeyC":
        return own(event, down, () => copy(terminal));
      case "KeyV":
        return true; // the browser pastes
      case "KeyF":
        return own(event, down, () => away(terminal, event, () => events.command("search")));
      case "KeyL":
        return own(event, down, () => away(terminal, event, () => events.command("leave")));
    }
  }
  if (event.code === "Insert" && event.ctrlKey && !event.shiftKey) {
    return own(event, down, () => copy(terminal));
  }
  return event.code === "Insert" && event.shiftKey && !event.ctrlKey;
}

function own(event: KeyboardEvent, down: boolean, act: () => void): boolean {
  event.preventDefault();
  if (down) {
    act();
  }
  return true;
}

/** The key comes up elsewhere; a terminal that waits for that takes no text from input methods. */
function away(terminal: Terminal, event: KeyboardEvent, act: () => void): void {
  terminal.textarea?.dispatchEvent(new KeyboardEvent("keyup", { key: event.key, code: event.code }));
  act();
}

function copy(terminal: Terminal): void {
  const text = terminal.getSelection();
  if (text !== "") {
    void navigator.clipboard.writeText(text).catch(() => undefined);
  }
}
