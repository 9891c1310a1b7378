/** Above this many bytes that the browser has not sent, nothing more is written. */
const HIGH_MARK = 256 * 1024;
const LOW_MARK = 64 * 1024;
const DRAIN_MILLIS = 50;

/** For the upgrade, TLS included. */
const OPEN_MILLIS = 15_000;

/** Frames that no server of ours makes. */
const MOST_BYTES = 1024 * 1024;

export interface SocketEvents {
  opened(): void;
  frame(bytes: Uint8Array): void;
  writable(): void;
  /** Last call; also when it never opened. */
  closed(cause: string): void;
}

/** One web-socket, until it is closed. Texts are ignored: after the first one there are none (data-channel specification, section 2.2). */
export class Socket {
  private readonly socket: WebSocket;
  private readonly deadline: ReturnType<typeof setTimeout>;
  private draining: ReturnType<typeof setInterval> | undefined;
  private over = false;

  /** Throws a SyntaxError for what is no {@code wss} address. */
  constructor(
    url: string,
    private readonly events: SocketEvents,
  ) {
    if (!url.startsWith("wss://")) {
      throw new SyntaxError("The server named an address that is not secure.");
    }
    this.socket = new WebSocket(url);
    this.socket.binaryType = "arraybuffer";
    this.deadline = setTimeout(() => this.close("the server did not answer in time"), OPEN_MILLIS);
    this.socket.onopen = () => {
      clearTimeout(this.deadline);
      this.events.opened();
    };
    this.socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer && data.byteLength <= MOST_BYTES) {
        this.events.frame(new Uint8Array(data));
      }
    };
    this.socket.onclose = ({ reason }) => this.close(reason === "" ? "the connection was closed" : reason);
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** False when no more is wanted until {@link SocketEvents.writable}. */
  send(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.socket.send(bytes);
    if (this.socket.bufferedAmount <= HIGH_MARK) {
      return true;
    }
    this.draining ??= setInterval(() => this.drained(), DRAIN_MILLIS);
    return false;
  }

  /** Does not wait for the other end, which may be dead. */
  close(cause: string): void {
    if (this.over) {
      return;
    }
    this.over = true;
    clearTimeout(this.deadline);
    clearInterval(this.draining);
    this.socket.onopen = null;
    this.socket.onmessage = null;
    this.socket.onclose = null;
    this.socket.close(1000);
    this.events.closed(cause);
  }

  private drained(): void {
    if (this.socket.bufferedAmount < LOW_MARK) {
      clearInterval(this.draining);
      this.draining = undefined;
      this.events.writable();
    }
  }
}
