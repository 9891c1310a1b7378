import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { SerializeAddon } from "@xterm/addon-serialize";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { type IDisposable, Terminal } from "@xterm/xterm";
import { draw } from "./drawing";
import { isOwnKey } from "./keys";
import { openLink, webLink } from "./links";
import { OutputScanner } from "./outputScanner";
import { runsAtOnce, typeable } from "./paste";
import { keepToThePolicy } from "./strictDocument";
import { matches, type Mode, themes } from "./themes";
import { plainTitle } from "./titles";

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

export interface TerminalPicture {
  readonly text: string;
  readonly size: WindowSize;
}

export interface TerminalEvents {
  /** Keys, pasted text, mouse reports and answers of the terminal, to be sent as they are. */
  typed(bytes: Uint8Array): void;
  /** The window has another size. */
  resized(size: WindowSize): void;
  /** Plain and short; from the node, so it may claim anything. */
  titled(title: string): void;
  /** A text of several lines that the program would run at once. */
  confirmPaste(text: string): void;
  /** A key that is for the page. */
  command(command: "leave" | "search"): void;
  /** Where the link under the pointer leads. */
  link(uri: string | undefined): void;
  found(index: number, count: number): void;
}

export interface Appearance {
  readonly mode: Mode;
  readonly fontSize: number;
  /** Whether colours that are hard to read on their background are changed; else they are what the program says. */
  readonly readable: boolean;
  readonly screenReader: boolean;
}

export const FONT_SIZES = { least: 8, usual: 14, most: 32 };
const SCROLLBACK = 5_000;
const RESIZE_MILLIS = 100;
const UTF8 = new TextEncoder();

/** The colours of {@link themes} have the contrast that raising means. */
const contrast = ({ readable }: Appearance) => (readable ? 4.5 : 1);

/** One terminal on the page, from its creation to {@link dispose}. Knows xterm.js and no network; nothing of the output becomes HTML. */
export class TerminalView {
  private readonly terminal: Terminal;
  private readonly fitting = new FitAddon();
  private readonly serializer = new SerializeAddon();
  private readonly searching = new SearchAddon({ highlightLimit: 1_000 });
  private readonly scanner = new OutputScanner();
  private readonly disposables: IDisposable[] = [];
  private readonly watcher: ResizeObserver;
  private resizing: ReturnType<typeof setTimeout> | undefined;
  private restoring = false;
  private mode: Mode;
  private readonly freely = keepToThePolicy();

  /** @param element empty, with a size, in the document */
  constructor(
    private readonly element: HTMLElement,
    appearance: Appearance,
    private readonly events: TerminalEvents,
  ) {
    this.mode = appearance.mode;
    const hover = (_event: MouseEvent, uri: string) => events.link(webLink(uri));
    const leave = () => events.link(undefined);
    this.terminal = new Terminal({
      allowProposedApi: true, // Unicode 11 and the marks of the search are called so
      scrollback: SCROLLBACK,
      fontFamily: '"Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
      fontSize: appearance.fontSize,
      theme: themes[appearance.mode],
      minimumContrastRatio: contrast(appearance),
      screenReaderMode: appearance.screenReader,
      linkHandler: { activate: openLink, hover, leave, allowNonHttpProtocols: false },
    });
    this.terminal.loadAddon(this.fitting);
    this.terminal.loadAddon(this.serializer);
    this.terminal.loadAddon(this.searching);
    this.terminal.loadAddon(new Unicode11Addon());
    this.terminal.loadAddon(new WebLinksAddon(openLink, { hover, leave }));
    this.terminal.unicode.activeVersion = "11";
    this.terminal.open(element);
    draw(this.terminal);
    this.fitting.fit();
    this.listen();
    this.watcher = new ResizeObserver(() => {
      clearTimeout(this.resizing);
      this.resizing = setTimeout(() => this.fit(), RESIZE_MILLIS);
    });
    this.watcher.observe(element);
  }

  size(): WindowSize {
    return { columns: this.terminal.cols, rows: this.terminal.rows };
  }

  output(bytes: Uint8Array, drawn: () => void): void {
    this.terminal.write(bytes, () => {
      this.scanner.feed(bytes);
      drawn();
    });
  }

  picture(): TerminalPicture | undefined {
    if (!this.scanner.atRest()) {
      return undefined;
    }
    return { text: this.serializer.serialize() + this.scanner.supplement(), size: this.size() };
  }

  /** Draws what an earlier page had; questions to the terminal in it were answered then. */
  async restore(
    picture: TerminalPicture | undefined,
    output: readonly { bytes: Uint8Array; size: WindowSize }[],
  ): Promise<void> {
    this.restoring = true;
    try {
      for (const { bytes, size } of [
        ...(picture ? [{ bytes: UTF8.encode(picture.text), size: picture.size }] : []),
        ...output,
      ]) {
        this.terminal.resize(size.columns, size.rows);
        await new Promise<void>((drawn) => this.output(bytes, drawn));
      }
      this.fitting.fit();
    } finally {
      this.restoring = false;
    }
  }

  appear(appearance: Appearance): void {
    this.mode = appearance.mode;
    this.terminal.options.theme = themes[appearance.mode];
    this.terminal.options.minimumContrastRatio = contrast(appearance);
    this.terminal.options.fontSize = appearance.fontSize;
    this.terminal.options.screenReaderMode = appearance.screenReader;
    this.fit();
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Types a copied text, as the program wants it. */
  paste(text: string): void {
    this.terminal.paste(typeable(text));
    this.terminal.focus();
  }

  /** All output that is kept, as text; lines that were wrapped are whole. */
  everything(): string {
    this.terminal.selectAll();
    const text = this.terminal.getSelection();
    this.terminal.clearSelection();
    return text;
  }

  /** Nothing is typed any more; the output stays to be read. */
  freeze(): void {
    this.terminal.options.disableStdin = true;
    this.terminal.options.cursorBlink = false;
  }

  /** Marks all matches and goes to the next one, or to the one before; an empty text takes the marks away. */
  search(text: string, backwards: boolean, incremental: boolean): void {
    if (text === "") {
      this.searching.clearDecorations();
      this.events.found(-1, 0);
    } else if (backwards) {
      this.searching.findPrevious(text, { decorations: matches[this.mode] });
    } else {
      this.searching.findNext(text, { decorations: matches[this.mode], incremental });
    }
  }

  dispose(): void {
    clearTimeout(this.resizing);
    this.watcher.disconnect();
    this.element.removeEventListener("paste", this.pasted, true);
    this.disposables.forEach((one) => one.dispose());
    this.terminal.dispose();
    this.freely();
  }

  private listen(): void {
    const { terminal, events } = this;
    this.disposables.push(
      terminal.onData((text) => this.typed(UTF8.encode(text))),
      terminal.onBinary((text) => this.typed(Uint8Array.from(text, (character) => character.charCodeAt(0)))),
      terminal.onResize(({ cols, rows }) => this.restoring || events.resized({ columns: cols, rows })),
      terminal.onTitleChange((title) => events.titled(plainTitle(title))),
      this.searching.onDidChangeResults(({ resultIndex, resultCount }) => events.found(resultIndex, resultCount)),
    );
    terminal.attachCustomKeyEventHandler((event) => !isOwnKey(event, terminal, events));
    this.element.addEventListener("paste", this.pasted, true);
  }

  private readonly pasted = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text === "") {
      return;
    }
    if (runsAtOnce(text, this.terminal.modes.bracketedPasteMode)) {
      this.events.confirmPaste(typeable(text));
    } else {
      this.paste(text);
    }
  };

  private typed(bytes: Uint8Array): void {
    if (!this.restoring) {
      this.events.typed(bytes);
    }
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth > 0 && clientHeight > 0) {
      this.fitting.fit();
    }
  }
}
