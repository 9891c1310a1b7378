/**
 * xterm.js writes style sheets into elements and colours into style attributes, which the content security policy forbids, since it cannot
 * tell them from what an attacker wrote. The same through the object model is allowed: a sheet that is made and adopted, a style that is
 * set. So while there is a terminal, the page's new elements take the one for the other.
 */
function create(tag: string, options?: ElementCreationOptions): HTMLElement {
  if (tag === "style") {
    return adopting();
  }
  const element = Document.prototype.createElement.call(document, tag, options);
  if (tag === "span") {
    element.setAttribute = setAttribute;
  }
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

let terminals = 0;

/** Returns what ends it. */
export function keepToThePolicy(): () => void {
  terminals++;
  document.createElement = create as Document["createElement"];
  return () => {
    if (--terminals === 0) {
      Reflect.deleteProperty(document, "createElement");
    }
  };
}
