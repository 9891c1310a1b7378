import "@cloudscape-design/global-styles/index.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import Header from "@cloudscape-design/components/header";

const session = new URLSearchParams(location.search).get("session");
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Header variant="h1">{session}</Header>
    </StrictMode>,
  );
}
