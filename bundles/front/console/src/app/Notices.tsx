import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import Link from "@cloudscape-design/components/link";
import { useEffect } from "react";
import { ping, reachable } from "../api/client";
import { dismiss, notices } from "./notices";
import { useSignal } from "./useSignal";

/** How often to ask whether the server is back, in milliseconds. */
const PAUSE = 2_000;

/** What happened, and whether the server is away; asks by itself until it is back. */
export function Notices() {
  const list = useSignal(notices);
  const here = useSignal(reachable);
  useEffect(() => {
    if (here) {
      return undefined;
    }
    const timer = setInterval(() => void ping(), PAUSE);
    return () => clearInterval(timer);
  }, [here]);

  const items: FlashbarProps.MessageDefinition[] = list.map((notice) => ({
    id: String(notice.id),
    type: notice.type,
    header: notice.title,
    content: (
      <>
        {notice.text}{" "}
        {notice.link && (
          <Link href={notice.link.href} color="inverted" target="_blank">
            {notice.link.text}
          </Link>
        )}
      </>
    ),
    dismissible: true,
    dismissLabel: "Dismiss",
    ariaRole: notice.type === "error" ? "alert" : "status",
    onDismiss: () => dismiss(notice.id),
  }));
  if (!here) {
    items.unshift({
      id: "away",
      type: "warning",
      loading: true,
      header: "The connection to the server is lost",
      content:
        "What you see may be old. The console tries again every two seconds and goes on by itself; running sessions go on, too.",
      ariaRole: "alert",
    });
  }
  return <Flashbar items={items} />;
}
