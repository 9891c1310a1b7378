import { WebglAddon } from "@xterm/addon-webgl";
import type { Terminal } from "@xterm/xterm";

/** Draws with the graphics card where there is one that is not emulated; else, and when it is lost, with the document. */
export function draw(terminal: Terminal): void {
  const probe = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!probe) {
    return;
  }
  probe.getExtension("WEBGL_lose_context")?.loseContext();
  try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // the terminal goes on as it began, with the document
    return;
  }
}
