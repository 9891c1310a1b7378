import { useEffect, useRef, type ReactNode } from "react";

/** Whether a page was shown before; the first one leaves the focus where the browser puts it. */
let shown = false;

/** A page: names the tab, and takes the focus when the person comes to it from another, so that keyboards and screen readers begin there. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${title} - Sallyport`;
    if (shown) {
      place.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    shown = true;
  }, [title]);
  return (
    <div className="page" ref={place} tabIndex={-1}>
      {children}
    </div>
  );
}
