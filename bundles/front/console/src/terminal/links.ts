/** Where a link in the output leads, as the browser will take it; undefined when it may not be opened at all. */
export function webLink(uri: string): string | undefined {
  try {
    const { protocol, username, password, href } = new URL(uri);
    const allowed = (protocol === "https:" || protocol === "http:") && username === "" && password === "";
    return allowed ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Opens a link of the output, which is hostile: only when a modifier key says that it is meant, and without a way back to this page. */
export function openLink(event: MouseEvent, uri: string): void {
  const href = webLink(uri);
  if ((event.ctrlKey || event.metaKey) && href !== undefined) {
    window.open(href, "_blank", "noopener,noreferrer");
  }
}
