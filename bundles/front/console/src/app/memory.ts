const PREFIX = "sallyport.";

/** What this browser remembers of the person's choices: how things look, never what is secret. */
export function recall<T>(key: string, otherwise: T): T {
  try {
    const kept = localStorage.getItem(PREFIX + key);
    return kept === null ? otherwise : (JSON.parse(kept) as T);
  } catch {
    // storage is forbidden, or somebody wrote there
    return otherwise;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // then it is forgotten when the tab closes
  }
}
