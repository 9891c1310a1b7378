/** Names of message types (data-channel specification, section 3.5), and ours that only our clients get. */
export const MessageType = {
  input: "input_stream_data",
  output: "output_stream_data",
  acknowledge: "acknowledge",
  closed: "channel_closed",
  notice: "session_notice",
  position: "session_position",
  probe: "session_probe",
} as const;

/** Numbers of payload types (data-channel specification, section 4). */
export const PayloadType = {
  none: 0,
  output: 1,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  flag: 10,
  stderr: 11,
  exitCode: 12,
} as const;
