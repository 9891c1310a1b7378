import type { Terminal } from "@xterm/xterm";

/**
 * xterm.js writes style sheets into elements and colours into style attributes, which the content security policy forbids, since it cannot
 * tell them from what an attacker wrote. The same through the object model is allowed: a sheet that is made and adopted, a style that is
 * set. So the terminal gets elements that take the one for the other.
 */
function create(tag: string, options?: ElementCreationOptions): HTMLElement {
  if (tag === "style") {
    return adopting();
  }
  const element = Document.prototype.createElement.call(document, tag, options);
  element.setAttribute = setAttribute;
  return element;
}

function setAttribute(this: HTMLElement, name: string, value: string): void {
  if (name === "style") {
    this.style.cssText = value;
  } else {
    Element.prototype.setAttribute.call(this, name, value);
  }
}

/** In place of a style element, which is refused even when it is empty: its text goes into a sheet of its own, until it is removed. */
function adopting(): HTMLElement {
  const element = Document.prototype.createElement.call(document, "span");
  const sheet = new CSSStyleSheet();
  element.hidden = true;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  Object.defineProperty(element, "textContent", { set: (text: string) => sheet.replaceSync(text) });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

/** The page's document, whose elements keep to the policy. */
export function strictDocument(): Document {
  return new Proxy(document, {
    get(real, name) {
      const value: unknown = name === "createElement" ? create : Reflect.get(real, name);
      return typeof value === "function" && name !== "createElement" ? (value.bind(real) as unknown) : value;
    },
  });
}

/** Opens a terminal that was made for {@link strictDocument}; one of its parts asks the page's own document all the same. */
export function openStrictly(terminal: Terminal, element: HTMLElement): void {
  document.createElement = create as Document["createElement"];
  try {
    terminal.open(element);
  } finally {
    Reflect.deleteProperty(document, "createElement");
  }
}
