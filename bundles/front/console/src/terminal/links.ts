/** Whether a link in the output may be opened at all. */
export function isWebLink(uri: string): boolean {
  try {
    const { protocol, username, password } = new URL(uri);
    return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
  } catch {
    return false;
  }
}

/** Opens a link of the output, which is hostile: only when a modifier key says that it is meant, and without a way back to this page. */
export function openLink(event: MouseEvent, uri: string): void {
  if ((event.ctrlKey || event.metaKey) && isWebLink(uri)) {
    window.open(uri, "_blank", "noopener,noreferrer");
  }
}
