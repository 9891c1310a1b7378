import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { act, render } from "@testing-library/react";
import type { ComponentType } from "react";
import { Route, Router } from "wouter";
import type { Change } from "../api/events";
import { ChangesContext } from "../app/useChanges";

const listeners = new Set<(change: Change) => void>();
const changes = {
  subscribe: (listener: (change: Change) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Shows one page at an address, as the console does. */
export function showPage(Page: ComponentType, path: string, address: string) {
  history.replaceState(null, "", `/console${address}`);
  return render(
    <I18nProvider locale="en" messages={[messages]}>
      <Router base="/console">
        <ChangesContext.Provider value={changes}>
          <Route path={path} component={Page} />
        </ChangesContext.Provider>
      </Router>
    </I18nProvider>,
  );
}

/** As if the server told of a change. */
export const tell = (kind: Change["kind"]): void =>
  act(() => listeners.forEach((listener) => listener({ kind, ids: [] })));
