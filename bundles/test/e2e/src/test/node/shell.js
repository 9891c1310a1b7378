// Opens a data channel with the npm package ssm-session, types each line of argv once the prompt is there, prints what comes.
// StreamUrl and TokenValue come by environment, so that the token is in no argument list.
"use strict";

const WebSocket = require("ws");
const { ssm } = require("ssm-session");

const { STREAM_URL, TOKEN_VALUE } = process.env;
const lines = process.argv.slice(2);
const size = { rows: 33, cols: 111 };
const socket = new WebSocket(STREAM_URL);
let typed = false;

socket.binaryType = "arraybuffer";
socket.onopen = () => ssm.init(socket, { token: TOKEN_VALUE, termOptions: size });
socket.onerror = (error) => {
  console.error(error.message);
  process.exit(1);
};
socket.onclose = () => process.exit(0);
socket.onmessage = (event) => {
  const message = ssm.decode(event.data);
  if (message.messageType === "channel_closed") {
    console.log("CHANNEL CLOSED " + new TextDecoder().decode(message.payload));
    socket.close();
    return;
  }
  ssm.sendACK(socket, message);
  if (message.messageType === "output_stream_data" && message.payloadType === 1) {
    process.stdout.write(new TextDecoder().decode(message.payload));
    if (!typed) {
      typed = true;
      lines.forEach((line) => ssm.sendText(socket, new TextEncoder().encode(line + "\r")));
    }
  }
};
setTimeout(() => {
  console.error("no end of the session within 60 s");
  process.exit(2);
}, 60000);
