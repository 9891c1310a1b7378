import SideNavigation from "@cloudscape-design/components/side-navigation";
import { href } from "./routes";
import { useFollow } from "./useFollow";

export function Navigation({ active }: { active: string }) {
  const follow = useFollow();
  return (
    <SideNavigation
      header={{ text: "Sallyport", href: href("/") }}
      activeHref={href(active)}
      onFollow={follow}
      items={[
        {
          type: "section-group",
          title: "Session Manager",
          items: [
            { type: "link", text: "Sessions", href: href("/sessions") },
            { type: "link", text: "Session history", href: href("/sessions/history") },
          ],
        },
        {
          type: "section-group",
          title: "Node management",
          items: [
            { type: "link", text: "Managed nodes", href: href("/nodes") },
            { type: "link", text: "Hybrid activations", href: href("/activations") },
            { type: "link", text: "Tiers and metering", href: href("/tiers") },
          ],
        },
        {
          type: "section-group",
          title: "Access",
          items: [
            { type: "link", text: "Users", href: href("/access/users") },
            { type: "link", text: "Groups", href: href("/access/groups") },
            { type: "link", text: "Roles", href: href("/access/roles") },
            { type: "link", text: "Policies", href: href("/access/policies") },
            { type: "link", text: "Policy simulator", href: href("/access/simulator") },
            { type: "link", text: "Denials", href: href("/access/denials") },
          ],
        },
      ]}
    />
  );
}
