import { applyDensity, applyMode, Density, disableMotion, Mode } from "@cloudscape-design/global-styles";
import { Signal } from "../api/signal";
import { recall, remember } from "./memory";

export type Theme = "system" | "light" | "dark";
export type Spacing = "comfortable" | "compact";

const themes: readonly Theme[] = ["system", "light", "dark"];
const spacings: readonly Spacing[] = ["comfortable", "compact"];

const chosen = <T extends string>(key: string, choices: readonly T[], otherwise: T): T => {
  const kept = recall<unknown>(key, otherwise);
  return choices.find((choice) => choice === kept) ?? otherwise;
};

export const theme = new Signal<Theme>(chosen("theme", themes, "system"));
export const spacing = new Signal<Spacing>(chosen("density", spacings, "comfortable"));

/** Whether pages are dark now, whoever chose it. */
export const dark = new Signal(false);

/** Shows what was chosen, now and at each change here, in another tab and of the system; call it once, before the first rendering. */
export function keepAppearance(): void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const show = () => {
    dark.set(theme.get() === "dark" || (theme.get() === "system" && system.matches));
    applyMode(dark.get() ? Mode.Dark : Mode.Light);
    applyDensity(spacing.get() === "compact" ? Density.Compact : Density.Comfortable);
    disableMotion(still.matches);
  };
  show();
  system.addEventListener("change", show);
  still.addEventListener("change", show);
  theme.subscribe(() => {
    remember("theme", theme.get());
    show();
  });
  spacing.subscribe(() => {
    remember("density", spacing.get());
    show();
  });
  window.addEventListener("storage", () => {
    theme.set(chosen("theme", themes, "system"));
    spacing.set(chosen("density", spacings, "comfortable"));
  });
}
