/** The custom properties of styles/palette.css that plots use, by their names there without the dashes. */
const colourNames = [
  "surface-raised",
  "border",
  "text",
  "text-muted",
  "grid",
  "axis",
  "memorized",
  "clean",
  "validation",
  "ground-truth",
  "unedited",
  "kfac",
  "svd",
  "balanced-subnet",
  "control",
  "factor-a",
  "factor-g",
  "weight",
  "ratio-low",
  "ratio-middle",
  "ratio-high",
] as const;

export type ColourName = (typeof colourNames)[number];

export interface PlotTheme {
  /** Resolved colours, `rgb(r, g, b)`. */
  readonly colour: Readonly<Record<ColourName, string>>;
  readonly font: string;
}

/** Resolves the palette for the scheme that holds at `element`. A probe is needed: `light-dark()` resolves in use only. */
export function readPlotTheme(element: Element): PlotTheme {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const style = getComputedStyle(probe);
  const colour = Object.fromEntries(
    colourNames.map((name) => {
      probe.style.color = `var(--${name})`;
      return [name, style.color];
    }),
  ) as Record<ColourName, string>;
  const font = style.fontFamily;
  probe.remove();
  return { colour, font };
}

/** Calls back when the system's scheme or the page's own choice of it changes; returns how to stop. */
export function watchPlotTheme(onChange: () => void): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", onChange);
  const attributes = new MutationObserver(onChange);
  attributes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    scheme.removeEventListener("change", onChange);
    attributes.disconnect();
  };
}

/** Differs whenever `readPlotTheme` may. */
export function plotThemeKey(): string {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return `${document.documentElement.dataset.theme ?? "system"} ${dark ? "dark" : "light"}`;
}
