import type { ISearchDecorationOptions } from "@xterm/addon-search";
import type { ITheme } from "@xterm/xterm";

export type Mode = "light" | "dark";

/** Colours with a contrast of at least 4.5 on their background, but for the one that is meant to be dim. */
export const themes: Record<Mode, ITheme> = {
  dark: {
    background: "#0f141a",
    foreground: "#dedee3",
    cursor: "#f9f9fa",
    cursorAccent: "#0f141a",
    selectionBackground: "#33537a",
    black: "#232b37",
    red: "#ff7a7a",
    green: "#2bb534",
    yellow: "#fbd332",
    blue: "#75a8ff",
    magenta: "#d58bf5",
    cyan: "#42cbd6",
    white: "#dedee3",
    brightBlack: "#8c8c94",
    brightRed: "#ffa2a2",
    brightGreen: "#6fd876",
    brightYellow: "#ffe785",
    brightBlue: "#b8d4ff",
    brightMagenta: "#e6b8ff",
    brightCyan: "#8ae6ee",
    brightWhite: "#ffffff",
  },
  light: {
    background: "#ffffff",
    foreground: "#0f141a",
    cursor: "#0f141a",
    cursorAccent: "#ffffff",
    selectionBackground: "#b8d4ff",
    black: "#0f141a",
    red: "#db0000",
    green: "#00702c",
    yellow: "#855900",
    blue: "#004a9e",
    magenta: "#7300e5",
    cyan: "#00697a",
    white: "#656871",
    brightBlack: "#424650",
    brightRed: "#b20000",
    brightGreen: "#005220",
    brightYellow: "#6b4600",
    brightBlue: "#002b66",
    brightMagenta: "#5900b2",
    brightCyan: "#004a57",
    brightWhite: "#232b37",
  },
};

/** Behind what a search finds: the usual text keeps its contrast there. */
export const matches: Record<Mode, ISearchDecorationOptions> = {
  dark: {
    matchBackground: "#4a3f00",
    matchOverviewRuler: "#fbd332",
    activeMatchBackground: "#8a4b00",
    activeMatchColorOverviewRuler: "#ff9900",
  },
  light: {
    matchBackground: "#ffe99c",
    matchOverviewRuler: "#855900",
    activeMatchBackground: "#ffb347",
    activeMatchColorOverviewRuler: "#b25000",
  },
};
