import type { PlotTheme } from "./plot-theme";

const TITLE_HEIGHT = 34;

/** A picture that leaves the page: on an opaque ground, under a title that says what it shows. */
export function titledSvg(
  picture: string,
  title: string,
  size: { readonly width: number; readonly height: number },
  { colour, font }: PlotTheme,
): string {
  const width = String(size.width);
  const height = String(size.height + TITLE_HEIGHT);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${colour["surface-raised"]}"/>`,
    `<text x="10" y="23" font-family="${escaped(font)}" font-size="15" font-weight="600" fill="${colour.text}">${escaped(title)}</text>`,
    `<svg y="${String(TITLE_HEIGHT)}" width="${width}" height="${String(size.height)}">${picture}</svg>`,
    "</svg>",
  ].join("");
}

/** Text as content or attribute of an SVG. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
