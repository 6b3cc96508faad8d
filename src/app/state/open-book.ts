import { cards } from "../../book/cards";
import { decodeBookRun, withDecay } from "../../book/run";
import { decayFile, runSpecs, type RunSpec } from "../../book/run-specs";
import type { BookEntry } from "./book-slice";
import { failureText } from "./failure-text";
import { useLab } from "./lab";

/** Fetches what the book tells of; each file once. The engine is not asked: everything here was computed before. */
export function openBook(): void {
  const { book } = useLab.getState();
  const told = runSpecs.filter(({ name }) => cards.some(({ runs }) => runs.some(({ run }) => run === name)));
  for (const spec of told) if (book.runs[spec.name] === undefined) void fetchRun(spec);
  for (const model of new Set(told.map(({ model }) => model)))
    if (book.layers[model] === undefined) void fetchLayers(model);
}

/** Fetches the runs of a shipped model; the lab shows them where it has computed nothing yet. */
export function openRunsOf(model: string): void {
  const { runs } = useLab.getState().book;
  for (const spec of runSpecs) if (spec.model === model && runs[spec.name] === undefined) void fetchRun(spec);
}

function setRun(name: string, entry: BookEntry): void {
  useLab.setState(({ book }) => ({ book: { ...book, runs: { ...book.runs, [name]: entry } } }));
}

async function fetchRun({ name, decay }: RunSpec): Promise<void> {
  setRun(name, { kind: "loading" });
  try {
    const [text, series] = await Promise.all([
      fetchText(`results/book/${name}.json`),
      decay ? fetchText(`results/${decayFile}`) : undefined,
    ]);
    if (text === undefined) setRun(name, { kind: "missing" });
    else setRun(name, { kind: "ready", run: withDecay(decodeBookRun(text), series) });
  } catch (error) {
    setRun(name, { kind: "failed", message: failureText(error) });
  }
}

/** Undefined if there is no such file. */
async function fetchText(path: string): Promise<string | undefined> {
  const response = await fetch(path);
  // Some servers answer with the page itself where there is no file.
  const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
  if (response.status === 404 || (response.ok && isPage)) return undefined;
  if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${response.statusText}`);
  return response.text();
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
