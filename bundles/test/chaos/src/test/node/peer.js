// The node's end of a hashed stream: writes its own, checks what comes, both at the same time, over a terminal in raw mode.
// argv: label, lines a second (0: as fast as they are taken), file that tells its progress
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");

const [, , label, rateText, progressFile] = process.argv;
const rate = Number(rateText);

function line(direction, number) {
  const first = createHash("sha256").update(`${label}:${direction}:${number}`).digest();
  let text = `${number} ${first.toString("base64")}`;
  for (let block = 1; block <= first[0] % 16; block++) {
    text += createHash("sha256").update(`${label}:${direction}:${number}:${block}`).digest("base64");
  }
  return Buffer.from(text + "\n");
}

let fault = "";
let finished = false;
const incoming = { lines: 0, hash: createHash("sha256"), rest: Buffer.alloc(0) };
const outgoing = { lines: 0, hash: createHash("sha256") };

function take(text) {
  if (text.toString().startsWith("END ")) {
    const [, count, digest] = text.toString().trim().split(" ");
    const own = incoming.hash.copy().digest("hex");
    if (Number(count) !== incoming.lines || digest !== own) fault ||= `the end says ${count} lines, here are ${incoming.lines}`;
    finished = true;
    return;
  }
  const expected = line("in", incoming.lines);
  if (!text.equals(expected)) {
    fault ||= `line ${incoming.lines} expected, found <${text.toString().slice(0, 60)}>`.replace(/\s+/g, " ");
    finished = true;
    return;
  }
  incoming.hash.update(text);
  incoming.lines++;
}

function read() {
  fs.read(0, Buffer.alloc(65536), 0, 65536, null, (error, count, buffer) => {
    if (error || count === 0) {
      fault ||= `the terminal's input ended: ${error}`;
      finished = true;
      return;
    }
    let all = Buffer.concat([incoming.rest, buffer.subarray(0, count)]);
    for (let end = all.indexOf(10); end >= 0 && !finished; end = all.indexOf(10)) {
      take(all.subarray(0, end + 1));
      all = all.subarray(end + 1);
    }
    incoming.rest = all;
    if (!finished) read();
  });
}

function writeAll(bytes, then) {
  fs.write(1, bytes, 0, bytes.length, null, (error, count) => {
    if (error) process.exit(3);
    if (count < bytes.length) writeAll(bytes.subarray(count), then);
    else then();
  });
}

function write() {
  if (finished) {
    const digest = outgoing.hash.digest("hex");
    const verdict = fault ? `FAULT ${fault}` : `GOOD ${incoming.lines}`;
    writeAll(Buffer.from(`END ${outgoing.lines} ${digest} ${verdict}\n`), () => process.exit(0));
    return;
  }
  const next = line("out", outgoing.lines);
  outgoing.hash.update(next);
  outgoing.lines++;
  writeAll(next, () => (rate > 0 ? setTimeout(write, 1000 / rate) : setImmediate(write)));
}

setInterval(() => {
  fs.writeFile(progressFile, `out ${outgoing.lines} in ${incoming.lines} ${fault}\n`, () => {});
}, 2000).unref();
writeAll(Buffer.from(`BEGIN ${label}\n`), () => {
  read();
  write();
});
