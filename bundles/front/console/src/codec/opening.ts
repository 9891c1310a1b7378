/** What this client says it is: the session-manager-plugin whose conduct it has; nodes and servers compare it. */
export const CLIENT_VERSION = "1.2.677.0";

/** The text frame that opens a data channel (data-channel specification, section 2.2). */
export interface Opening {
  readonly requestId: string;
  /** Opens the channel once; secret. */
  readonly token: string;
  readonly clientId: string;
  /** The client that had the session until now, which may be this one before its page was loaded again; the server then says where it stands. */
  readonly takesOver?: string;
}

export function openingText(opening: Opening): string {
  return JSON.stringify({
    MessageSchemaVersion: "1.0",
    RequestId: opening.requestId,
    TokenValue: opening.token,
    ClientId: opening.clientId,
    ClientVersion: CLIENT_VERSION,
    ClientNotices: true,
    ...(opening.takesOver === undefined ? {} : { TakesOver: opening.takesOver }),
  });
}
