import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { href } from "./routes";
import { useFollow } from "./useFollow";

/** A link to another page of the console. */
export function To({ path, children, label }: { path: string; children: ReactNode; label?: string }) {
  const follow = useFollow();
  return (
    <Link href={href(path)} onFollow={follow} {...(label !== undefined && { ariaLabel: label })}>
      {children}
    </Link>
  );
}

export const nodePath = (id: string): string => `/nodes/${encodeURIComponent(id)}`;
export const activationPath = (id: string): string => `/activations/${encodeURIComponent(id)}`;
