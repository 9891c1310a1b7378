import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { href } from "../../app/routes";
import { useFollow } from "../../app/useFollow";

/** A link to a page of the console. */
export function To({ page, children }: { page: string; children: ReactNode }) {
  const follow = useFollow();
  return (
    <Link href={href(page)} onFollow={follow}>
      {children}
    </Link>
  );
}
