import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { recall, remember } from "./memory";
import { routes } from "./routes";

/** Time for the second key of a pair, in milliseconds. */
const PAIR = 1_500;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys that lead to pages, and what explains them. Can be turned off, because they are keys without Ctrl or Alt. */
export function Shortcuts({ helpOpen, onHelp }: { helpOpen: boolean; onHelp: (open: boolean) => void }) {
  const [, go] = useLocation();
  const [on, setOn] = useState(() => recall<unknown>("shortcuts", true) !== false);
  useEffect(() => {
    if (!on) {
      return undefined;
    }
    let before = "";
    let at = 0;
    const pressed = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        typing(event.target) ||
        document.querySelector("[role=dialog]")
      ) {
        return;
      }
      const keys = Date.now() - at < PAIR && before === "g" ? `g ${event.key}` : event.key;
      before = event.key;
      at = Date.now();
      const route = routes.find((one) => one.keys === keys);
      if (route) {
        event.preventDefault();
        go(route.path);
      } else if (keys === "?") {
        onHelp(true);
      } else if (keys === "/") {
        const filter = document.querySelector<HTMLInputElement>("#main input[role=combobox], #main input[type=search]");
        if (filter) {
          event.preventDefault();
          filter.focus();
        }
      }
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [go, on, onHelp]);

  // not only hidden: while a dialog is there, keys belong to it
  if (!helpOpen) {
    return null;
  }
  return (
    <Modal visible onDismiss={() => onHelp(false)} header="Help and shortcuts" closeAriaLabel="Close">
      <SpaceBetween size="l">
        <Box variant="p">
          A session is a shell on a managed node. Choose a node under Managed nodes and press Start session: the
          terminal opens in a tab of its own. A tab can be closed and its session taken up again under Sessions.
        </Box>
        <KeyValuePairs
          columns={2}
          items={[
            ...routes.flatMap((route) => (route.keys ? [{ label: route.title, value: <kbd>{route.keys}</kbd> }] : [])),
            { label: "Go to the filter of a list", value: <kbd>/</kbd> },
            { label: "This help", value: <kbd>?</kbd> },
          ]}
        />
        <Toggle
          checked={on}
          onChange={({ detail }) => {
            remember("shortcuts", detail.checked);
            setOn(detail.checked);
          }}
        >
          Use these shortcuts
        </Toggle>
      </SpaceBetween>
    </Modal>
  );
}
