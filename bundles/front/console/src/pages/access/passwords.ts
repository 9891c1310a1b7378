const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
const LENGTH = 20;

/** A password by chance, of letters and digits that cannot be mistaken for each other; 115 bits. */
export function madePassword(): string {
  let made = "";
  while (made.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // what is left over at the end of the byte's range would favour the first letters
      if (byte < 256 - (256 % LETTERS.length) && made.length < LENGTH) {
        made += LETTERS[byte % LETTERS.length];
      }
    }
  }
  return made;
}
