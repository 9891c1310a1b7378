import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { Router } from "wouter";

/** Shows a page at an address below the console's. */
export function show(page: ReactNode, address = "/console/") {
  history.replaceState(null, "", address);
  return render(
    <I18nProvider locale="en" messages={[messages]}>
      <Router base="/console">{page}</Router>
    </I18nProvider>,
  );
}
