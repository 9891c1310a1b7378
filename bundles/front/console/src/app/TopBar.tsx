import TopNavigation from "@cloudscape-design/components/top-navigation";
import type { ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import { useLocation } from "wouter";
import type { Signed } from "../api/client";
import { signOut } from "../api/calls";
import { spacing, theme, type Spacing, type Theme } from "./appearance";
import { notifyProblem } from "./notices";
import { href } from "./routes";
import { forgetTerminals } from "./terminals";
import { useFollow } from "./useFollow";
import { useSignal } from "./useSignal";

const THEMES: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };
const SPACINGS: Record<Spacing, string> = { comfortable: "Comfortable", compact: "Compact" };

/** The bar at the top: where home is, how it looks, who is signed in. */
export function TopBar({ session, onHelp }: { session: Signed; onHelp: () => void }) {
  const look = useSignal(theme);
  const density = useSignal(spacing);
  const follow = useFollow();
  const [, go] = useLocation();
  const choose = ({ detail }: { detail: ButtonDropdownProps.ItemClickDetails }) => {
    const [kind, value] = detail.id.split(":");
    if (kind === "theme") {
      theme.set(value as Theme);
    } else if (kind === "density") {
      spacing.set(value as Spacing);
    } else if (kind === "factor") {
      go("/account/second-factor");
    } else {
      signOut(kind === "everywhere").then(forgetTerminals, (thrown: unknown) =>
        notifyProblem("You are still signed in", thrown),
      );
    }
  };

  return (
    <div id="top">
      <TopNavigation
        identity={{
          href: href("/"),
          title: "Sallyport",
          logo: { src: "/console/icon.svg", alt: "Gate" },
          onFollow: () => go("/"),
        }}
        utilities={[
          {
            type: "menu-dropdown",
            iconName: "settings",
            ariaLabel: "Appearance",
            title: "Appearance",
            items: [
              { id: "themes", text: "Theme", items: choices("theme", THEMES, look) },
              { id: "densities", text: "Density", items: choices("density", SPACINGS, density) },
            ],
            onItemClick: choose,
          },
          {
            type: "button",
            iconName: "status-info",
            title: "Help and shortcuts",
            ariaLabel: "Help and shortcuts",
            onClick: onHelp,
          },
          {
            type: "menu-dropdown",
            text: session.user.name,
            description: session.user.arn,
            iconName: "user-profile",
            items: [
              {
                id: "factor",
                text: session.totp ? "Second factor (on)" : "Second factor (off)",
                href: href("/account/second-factor"),
              },
              { id: "out", text: "Sign out" },
              { id: "everywhere", text: "Sign out everywhere" },
            ],
            onItemClick: choose,
            onItemFollow: follow,
          },
        ]}
      />
    </div>
  );
}

const choices = <T extends string>(
  kind: string,
  names: Record<T, string>,
  chosen: T,
): ButtonDropdownProps.CheckboxItem[] =>
  (Object.keys(names) as T[]).map((value) => ({
    id: `${kind}:${value}`,
    text: names[value],
    itemType: "checkbox",
    checked: value === chosen,
  }));
