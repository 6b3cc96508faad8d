import { cards } from "../../book/cards";
import { decodeBookRun } from "../../book/run";
import { runSpecs } from "../../book/run-specs";
import type { BookEntry } from "./book-slice";
import { failureText } from "./failure-text";
import { useLab } from "./lab";

/** Fetches what the book tells of; each file once. The engine is not asked: everything here was computed before. */
export function openBook(): void {
  const { book } = useLab.getState();
  for (const { name } of runSpecs.filter(({ name }) =>
    cards.some(({ runs }) => runs.some(({ run }) => run === name)),
  ))
    if (book.runs[name] === undefined) void fetchRun(name);
  for (const model of new Set(runSpecs.map(({ model }) => model)))
    if (book.layers[model] === undefined) void fetchLayers(model);
}

function setRun(name: string, entry: BookEntry): void {
  useLab.setState(({ book }) => ({ book: { ...book, runs: { ...book.runs, [name]: entry } } }));
}

async function fetchRun(name: string): Promise<void> {
  setRun(name, { kind: "loading" });
  try {
    const response = await fetch(`results/book/${name}.json`);
    // Some servers answer with the page itself where there is no file.
    const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
    if (response.status === 404 || (response.ok && isPage)) setRun(name, { kind: "missing" });
    else if (!response.ok) throw new Error(`${String(response.status)} ${response.statusText}`);
    else setRun(name, { kind: "ready", run: decodeBookRun(await response.text()) });
  } catch (error) {
    setRun(name, { kind: "failed", message: failureText(error) });
  }
}

/** Without it the card has no way into the lab, and says so. */
async function fetchLayers(model: string): Promise<void> {
  try {
    const config: unknown = await (await fetch(`models/${model}/config.json`)).json();
    const known = typeof config === "object" && config !== null && "num_hidden_layers" in config;
    const layers = known ? Number(config.num_hidden_layers) : Number.NaN;
    if (Number.isInteger(layers))
      useLab.setState(({ book }) => ({ book: { ...book, layers: { ...book.layers, [model]: layers } } }));
  } catch {
    // The model cannot be opened either; the lab says why when it is.
  }
}
