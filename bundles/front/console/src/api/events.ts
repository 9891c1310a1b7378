import { ping, reachable } from "./client";

/** What changed: nodes or sessions, and which of them; no ids when it may be any. */
export interface Change {
  kind: "nodes" | "sessions";
  ids: string[];
}

type Listener = (change: Change) => void;

const URL = "/console/api/v1/events";
const NAME = "sallyport-events";
const KINDS = ["nodes", "sessions"] as const;
/** Longest wait before a stream is opened again, in milliseconds. */
const LONGEST_PAUSE = 30_000;

/**
 * What the server tells about changes. Of all tabs one holds the stream, since a browser has six connections to a server for all of them and
 * a stream takes one; it passes on to the others what it hears, and when it closes another takes over.
 */
export class Changes {
  private readonly listeners = new Set<Listener>();
  private readonly tabs = new BroadcastChannel(NAME);
  private readonly closing = new AbortController();

  constructor() {
    this.tabs.onmessage = (message: MessageEvent<Change>) => this.tell(message.data);
    void this.takeTurn();
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.closing.abort();
    this.tabs.close();
  }

  private tell(change: Change): void {
    this.listeners.forEach((listener) => listener(change));
  }

  private async takeTurn(): Promise<void> {
    try {
      await navigator.locks.request(NAME, { signal: this.closing.signal }, () => this.hold());
    } catch {
      // closed while it waited for its turn: another tab goes on
    }
  }

  /** Keeps a stream open until this tab closes. */
  private async hold(): Promise<void> {
    let pause = 1_000;
    while (!this.closing.signal.aborted) {
      const opened = await this.stream();
      if (this.closing.signal.aborted) {
        return;
      }
      if (!opened) {
        // says whether the server is away or the person signed out, which a stream does not
        await ping();
      }
      pause = opened ? 1_000 : Math.min(pause * 2, LONGEST_PAUSE);
      await this.rest(pause);
    }
  }

  /** One stream from its opening to its end; whether it was open at all. */
  private stream(): Promise<boolean> {
    return new Promise((resolve) => {
      const source = new EventSource(URL);
      let opened = false;
      const end = () => {
        source.close();
        this.closing.signal.removeEventListener("abort", end);
        resolve(opened);
      };
      source.onopen = () => {
        opened = true;
        reachable.set(true);
        // what happened in between is not known
        KINDS.forEach((kind) => this.pass({ kind, ids: [] }));
      };
      source.onerror = end;
      this.closing.signal.addEventListener("abort", end);
      KINDS.forEach((kind) =>
        source.addEventListener(kind, (event: MessageEvent<string>) => this.pass({ kind, ids: idsOf(event.data) })),
      );
    });
  }

  private pass(change: Change): void {
    this.tell(change);
    this.tabs.postMessage(change);
  }

  private rest(millis: number): Promise<void> {
    const { signal } = this.closing;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, signal.aborted ? 0 : millis);
      signal.addEventListener("abort", end);
    });
  }
}

function idsOf(text: string): string[] {
  try {
    const ids = (JSON.parse(text) as { ids?: unknown }).ids;
    return Array.isArray(ids) ? ids.map(String) : [];
  } catch {
    return [];
  }
}
