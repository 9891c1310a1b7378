/** A word of a shell, whatever stands in it. */
const word = (text: string): string =>
  /^[A-Za-z0-9_./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** What to type to start the same session with the command line. */
export function commandLine(target: string, reason: string, document: string): string {
  return [
    "sallyport start-session --target",
    target.startsWith("<") ? target : word(target),
    ...(reason ? ["--reason", word(reason)] : []),
    ...(document ? ["--document-name", word(document)] : []),
  ].join(" ");
}
