import "@cloudscape-design/global-styles/index.css";
import "../../app/app.css";
import "./terminal.css";
import { createRoot } from "react-dom/client";
import { keepAppearance } from "../../app/appearance";
import { Entry } from "./Entry";

keepAppearance();
const root = document.getElementById("root");
if (root) {
  // not in strict mode, which makes each thing twice: there is one session
  createRoot(root).render(<Entry sessionId={new URLSearchParams(location.search).get("session") ?? ""} />);
}
