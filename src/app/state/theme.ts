import { setView } from "./lab";
import type { Theme } from "./view-slice";

/** Light, dark, or as the system says; kept on this device, not in links. */

const storageKey = "eigenband-theme";

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be forbidden; the choice then holds until the page is closed.
  }
  applyTheme(theme);
  setView({ theme });
}
