/** What came cannot be read; the text says which field. */
export class MalformedMessage extends Error {
  override readonly name = "MalformedMessage";
}
