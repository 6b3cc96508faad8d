import type { DataTable } from "./chart";

/** RFC 4180: comma, CRLF, quotes doubled. Numbers keep all digits that tell two floats apart; none, as of no images, is empty. */
export function tableToCsv(table: DataTable): string {
  return [table.columns, ...table.rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

function csvField(value: string | number | null): string {
  if (value === null || Number.isNaN(value)) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `{ title, source, columns, rows }`, where `source` says which model and run the numbers come from. */
export function tableToJson(title: string, source: string, table: DataTable): string {
  return `${JSON.stringify({ title, source, columns: table.columns, rows: table.rows }, null, 2)}\n`;
}

/** Lower-case words joined by dashes: a file name on every system. */
export function fileStem(title: string): string {
  const stem = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return stem || "figure";
}

/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its own reference once the click is dispatched; one task later is safe everywhere.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 1000);
}

/** `data:image/png;base64,…` and `data:image/svg+xml,…`. Not by fetch, which a content security policy may forbid. */
export function dataUrlToBlob(url: string): Blob {
  const comma = url.indexOf(",");
  const [type = "", encoding] = url.slice("data:".length, comma).split(";");
  const body = url.slice(comma + 1);
  if (encoding !== "base64") return new Blob([decodeURIComponent(body)], { type });
  return new Blob([Uint8Array.from(atob(body), (character) => character.charCodeAt(0))], { type });
}
