import AppLayout from "@cloudscape-design/components/app-layout-toolbar";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import { Suspense, useEffect, useMemo, useState } from "react";
import { Route as At, Switch, useLocation, useRouter } from "wouter";
import { Changes } from "../api/events";
import type { Signed } from "../api/client";
import { Boundary } from "./Boundary";
import { Busy } from "./Busy";
import { Navigation } from "./Navigation";
import { NotFound } from "./NotFound";
import { Notices } from "./Notices";
import { href, routeAt, routes } from "./routes";
import { Shortcuts } from "./Shortcuts";
import { TopBar } from "./TopBar";
import { ChangesContext } from "./useChanges";
import { useFollow } from "./useFollow";

/** What surrounds each page: bar, navigation, notices, shortcuts, and the stream of what changes. */
export default function Shell({ session }: { session: Signed }) {
  const [path] = useLocation();
  const { parser } = useRouter();
  const [open, setOpen] = useState(() => window.innerWidth > 768);
  const [help, setHelp] = useState(false);
  const follow = useFollow();
  const changes = useMemo(() => new Changes(), []);
  useEffect(() => () => changes.close(), [changes]);
  const route = routeAt(parser, path);
  const parent = routes.find((one) => one.path === route?.under);

  return (
    <ChangesContext.Provider value={changes}>
      <a className="skip" href="#main">
        Skip to main content
      </a>
      <TopBar session={session} onHelp={() => setHelp(true)} />
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigation={<Navigation active={route?.under ?? path} />}
        notifications={<Notices />}
        stickyNotifications
        breadcrumbs={
          path !== "/" && (
            <BreadcrumbGroup
              items={[
                { text: "Sallyport", href: href("/") },
                ...[parent, route].flatMap((one) =>
                  one && one.path !== "/" ? [{ text: one.title, href: href(one === route ? path : one.path) }] : [],
                ),
              ]}
              onFollow={follow}
            />
          )
        }
        content={
          <div id="main" tabIndex={-1} className="page">
            <Boundary key={path}>
              <Suspense fallback={<Busy />}>
                <Switch>
                  {routes.map((one) => (
                    <At key={one.path} path={one.path} component={one.page} />
                  ))}
                  <At component={NotFound} />
                </Switch>
              </Suspense>
            </Boundary>
          </div>
        }
      />
      <Shortcuts helpOpen={help} onHelp={setHelp} />
    </ChangesContext.Provider>
  );
}
