import { useCallback } from "react";
import { useLocation, useRouter } from "wouter";

interface Following {
  detail: { href?: string | undefined; external?: boolean | undefined };
  preventDefault: () => void;
}

const BASE = "/console/";

/**
 * For links inside components: shows the page without loading the console again. Other links, and all in pages that are not the console's
 * own, such as a terminal, are left to the browser.
 */
export function useFollow(): (event: Following) => void {
  const [, go] = useLocation();
  const inside = useRouter().base !== "";
  return useCallback(
    (event) => {
      const { href, external } = event.detail;
      if (inside && href?.startsWith(BASE) && !external && !href.includes(".html")) {
        event.preventDefault();
        go(href.slice(BASE.length - 1));
      }
    },
    [go, inside],
  );
}
