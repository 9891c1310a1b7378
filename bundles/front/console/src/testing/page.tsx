import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { render } from "@testing-library/react";
import type { ComponentType } from "react";
import { Router } from "wouter";
import type { Change } from "../api/events";
import { ChangesContext } from "../app/useChanges";

/** A page of the console at an address below `/console`. */
export function showPage(Shown: ComponentType, address: string) {
  const listeners = new Set<(change: Change) => void>();
  const changes = {
    subscribe: (listener: (change: Change) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  history.replaceState(null, "", `/console${address}`);
  const shown = render(
    <I18nProvider locale="en" messages={[messages]}>
      <Router base="/console">
        <ChangesContext.Provider value={changes}>
          <Shown />
        </ChangesContext.Provider>
      </Router>
    </I18nProvider>,
  );
  /** As the server's event stream does. */
  const tell = (change: Change) => listeners.forEach((listener) => listener(change));
  return { ...shown, tell };
}
