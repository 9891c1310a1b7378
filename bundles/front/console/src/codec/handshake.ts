import { Fields, toJson } from "./json";
import { MalformedMessage } from "./malformed";
import { CLIENT_VERSION } from "./opening";

/** The handshake failed and the session cannot go on; the text is for the person and may quote the node. */
export class HandshakeFailed extends Error {
  override readonly name = "HandshakeFailed";
}

const SHELLS = new Set(["Standard_Stream", "InteractiveCommands", "NonInteractiveCommands"]);
const MAX_ACTIONS = 16;
const SUCCESS = 1;
const FAILED = 2;
const UNSUPPORTED = 3;

type State = "new" | "answered" | "complete" | "failed";

interface Processed {
  readonly ActionType: string;
  readonly ActionStatus: number;
  readonly ActionResult: null;
  readonly Error: string;
}

/** The client's side of the handshake (data-channel specification, section 5): answers the request, then complete begins the session. */
export class ClientHandshake {
  private state: State = "new";
  private agreed = false;

  /** For a session that an earlier page began: it answered the request, if there was one. */
  static answered(): ClientHandshake {
    const handshake = new ClientHandshake();
    handshake.state = "answered";
    handshake.agreed = true;
    return handshake;
  }

  /** Takes a payload of type 5 and returns the answer, of type 6. Throws {@link HandshakeFailed}. */
  request(payload: Uint8Array): Uint8Array {
    this.require("new", "handshake request");
    try {
      const fields = Fields.parse(payload, "handshake request");
      fields.text("AgentVersion");
      const processed = fields.objects("RequestedClientActions", MAX_ACTIONS).map((action) => this.process(action));
      const errors = processed.map((one) => one.Error).filter((error) => error !== "");
      this.state = "answered";
      return toJson({
        ClientVersion: CLIENT_VERSION,
        ProcessedClientActions: processed,
        Errors: errors.length === 0 ? null : errors,
      });
    } catch (e) {
      throw this.failed(e, "The node's handshake request cannot be read");
    }
  }

  /** Takes a payload of type 7 and returns what the person is to read, often nothing. Throws {@link HandshakeFailed}. */
  complete(payload: Uint8Array): string {
    this.require("answered", "handshake complete");
    if (!this.agreed) {
      this.state = "failed";
      throw new HandshakeFailed("The node began a session of a type that this client cannot run.");
    }
    try {
      const text = Fields.parse(payload, "handshake complete").textOr("CustomerMessage", "");
      this.state = "complete";
      return text;
    } catch (e) {
      throw this.failed(e, "The node's handshake complete cannot be read");
    }
  }

  private process(action: Fields): Processed {
    const type = action.text("ActionType");
    if (type !== "SessionType") {
      return refused(type, UNSUPPORTED, `Unsupported action ${type}`);
    }
    const asked = action.object("ActionParameters").text("SessionType");
    if (!SHELLS.has(asked)) {
      return refused(type, FAILED, `Unknown session type ${asked}`);
    }
    if (this.agreed) {
      throw new MalformedMessage("two session types in one handshake request");
    }
    this.agreed = true;
    return { ActionType: type, ActionStatus: SUCCESS, ActionResult: null, Error: "" };
  }

  private require(expected: State, what: string): void {
    if (this.state !== expected) {
      throw new HandshakeFailed(`The node sent a ${what} out of turn.`);
    }
  }

  private failed(cause: unknown, what: string): unknown {
    this.state = "failed";
    this.agreed = false;
    return cause instanceof MalformedMessage ? new HandshakeFailed(`${what}: ${cause.message}`) : cause;
  }
}

function refused(type: string, status: number, error: string): Processed {
  return { ActionType: type, ActionStatus: status, ActionResult: null, Error: error };
}
