// @vitest-environment node
import { describe, expect, it } from "vitest";
import { Seeded } from "../testing/random";
import { webLink } from "./links";
import { OutputScanner } from "./outputScanner";
import { runsAtOnce, typeable } from "./paste";
import { plainTitle } from "./titles";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("titles", () => {
  it("are plain and short", () => {
    expect(plainTitle("vim\u0007 \u202egnp.exe\u200b\n  x")).toBe("vim gnp.exe x");
    expect([...plainTitle("𝔵".repeat(500))]).toHaveLength(80);
  });
});

describe("links", () => {
  it.each([
    ["https://example.org/a?b", "https://example.org/a?b"],
    ["http://localhost:8080", "http://localhost:8080/"],
    // told as it is asked for, where other letters look the same
    ["https://ex\u0430mple.org/", "https://xn--exmple-4nf.org/"],
  ])("to the web are links: %s", (uri, href) => expect(webLink(uri)).toBe(href));
  it.each(["javascript:alert(1)", "file:///etc/passwd", "https://bank.example@evil.example", "data:text/html,x", "x"])(
    "elsewhere are none: %s",
    (uri) => expect(webLink(uri)).toBeUndefined(),
  );
});

describe("pasted text", () => {
  it("presses no keys", () => expect(typeable("a\x1b[201~b\x03\tc\r\n\u009bd")).toBe("a[201~b\tc\r\nd"));
  it("is asked about when it would run at once", () => {
    expect(runsAtOnce("one line", false)).toBe(false);
    expect(runsAtOnce("two\nlines", false)).toBe(true);
    expect(runsAtOnce("rm -rf x\r", false)).toBe(true);
    expect(runsAtOnce("two\nlines", true)).toBe(false);
  });
});

describe("the scanner of the output", () => {
  it.each([
    ["plain", true],
    ["\x1b", false],
    ["\x1b[1;3", false],
    ["\x1b[1;31m", true],
    ["\x1b]0;title", false],
    ["\x1b]0;title\x07", true],
    ["\x1b]0;title\x1b\\", true],
    ["\x1bP1$r", false],
    ["\x1b(", false],
    ["\x1b(B", true],
    ["\u20ac", true],
  ])("knows whether %j is whole", (text, whole) => {
    const scanner = new OutputScanner();
    scanner.feed(bytes(text));
    expect(scanner.atRest()).toBe(whole);
  });

  it("knows a character that was cut", () => {
    const scanner = new OutputScanner();
    for (const [i, byte] of bytes("\u20ac𝔵").entries()) {
      scanner.feed(Uint8Array.of(byte));
      expect(scanner.atRest()).toBe(i === 2 || i === 6);
    }
  });

  it("remembers what pictures lack", () => {
    const scanner = new OutputScanner();
    scanner.feed(bytes("\x1b[?25l\x1b[?1000;1006h\x1b[3;20r"));
    expect(scanner.supplement()).toBe("\x1b[?25l\x1b[?1006h\x1b7\x1b[3;20r\x1b8");
    scanner.feed(bytes("\x1b[?25h\x1b[?1006l\x1b[r"));
    expect(scanner.supplement()).toBe("");
    scanner.feed(bytes("\x1b[?25l\x1bc"));
    expect(scanner.supplement()).toBe("");
  });

  it("says the same however the output is cut", () => {
    const random = new Seeded(7);
    const parts = [
      "\x1b[?25l",
      "\x1b]8;;http://x\x07",
      "é",
      "text",
      "\x1b[38;2;1;2;3m",
      "\x1bPq\x1b\\",
      "\x9f",
      "\x1b",
      "𝔵",
    ];
    for (let round = 0; round < 300; round++) {
      const all = bytes(Array.from({ length: 12 }, () => parts[random.below(parts.length)]).join(""));
      const whole = new OutputScanner();
      whole.feed(all);
      const cut = new OutputScanner();
      for (let at = 0; at < all.length;) {
        const next = at + 1 + random.below(5);
        cut.feed(all.subarray(at, next));
        at = next;
      }
      expect([cut.atRest(), cut.supplement()]).toEqual([whole.atRest(), whole.supplement()]);
    }
  });
});
