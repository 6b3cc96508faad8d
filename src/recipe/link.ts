import type { EditSpec } from "../stages/edit/types";
import type { LinearId, ModelSpec } from "../stages/model/types";
import { balancedSubnetOf, balancedSubnetText } from "./balanced-subnet";
import { distinct, integer, list, number, oneOf, type Check, type Fault } from "./check";
import { longLinearName, shortLinearName } from "./linear-name";
import type { EnergyEdit } from "./own-energies";
import type { Recipe } from "./schema";
import { linkedSearch, searchText, type SearchChoice } from "./search-link";
import { mostSources, sourceId, type SourceId } from "./text-source";
import { linkedSettings, settingsText, trainingLimits, type TrainingSettings } from "./training-settings";
import { linearId, validateRecipe, type Validation } from "./validate";

/**
 * The page's address after `#`: a recipe and what is looked at, as `key=value` joined by `&`, e.g.
 * `v=1&model=shipped/vit-plain&data.seed=7&…&edit=none&edit=kfac:pairs:0.75:2.fc2,3.fc2@0.9&view.linear=3.fc2`,
 * where 3.fc2 has an own energy of 0.9. A fifth part is the ranking of the pairs, `kfac:pairs:0.75:3.fc2:ekfac`, or the
 * seed of a control's draw, `control:random-pairs:0.75:3.fc2:1`. It can be read and changed by hand; whatever comes in
 * is checked in full.
 */
export interface Linked {
  readonly recipe: Recipe;
  readonly view: LinkedView;
}

/** What is looked at; a missing part is left to the page. */
export interface LinkedView {
  readonly linear?: LinearId;
  /** Position in `recipe.edits` of the edit that is shown and changed. */
  readonly edit?: number;
  readonly gallery?: GalleryFilter;
  readonly bands?: "one" | "all";
  /** Position among the passages that a language model is asked to recite. */
  readonly passage?: number;
  /** Texts whose factors are shown beside one another. */
  readonly sources?: readonly SourceId[];
  /** The section of the page to begin at; the address forgets it then. */
  readonly at?: SectionName;
  /** Step of the tour, from 0, while it is taken. */
  readonly tour?: number;
  /** Settings of the training panel. */
  readonly train?: TrainingSettings;
  /** Epochs from one picture of the bands of a training to the next. */
  readonly bandsEvery?: number;
  /** Weight decay that is looked at in the series of trainings. */
  readonly decay?: number;
  /** What the search over sets of layers tries. */
  readonly search?: SearchChoice;
  /** Panels left out, for lessons and embedding. */
  readonly hide?: readonly PanelName[];
}

export const galleryFilters = [
  "recovered",
  "memorized",
  "clean-lost",
  "validation-gained",
  "validation-lost",
] as const;
export type GalleryFilter = (typeof galleryFilters)[number];
/** Sections of the page by their element's id. */
export const sectionNames = [
  "model-data",
  "training",
  "spectra",
  "plane",
  "bands",
  "edit",
  "metrics",
  "gallery",
  "recitation",
  "tradeoff",
  "scan",
  "search",
  "bench",
] as const;
export type SectionName = (typeof sectionNames)[number];
export const tourSteps = 6;
export const panelNames = ["story", "model", "curvature", "effect", "train"] as const;
export type PanelName = (typeof panelNames)[number];

const parts = ["data", "factors", "spectrum", "evaluation"] as const;
const maximumLength = 20_000;

function modelText(model: ModelSpec): string {
  if (model.kind === "shipped") return `shipped/${model.name}`;
  if (model.kind === "dropped") return `dropped/${model.sha256}`;
  if (model.kind === "trained") return `trained/${model.id}`;
  return `hub/${model.repository}@${model.revision}`;
}

function modelOf(text: string): unknown {
  const slash = text.indexOf("/");
  const kind = slash < 0 ? text : text.slice(0, slash);
  const rest = slash < 0 ? "" : text.slice(slash + 1);
  if (kind === "shipped") return { kind, name: rest };
  if (kind === "dropped") return { kind, sha256: rest };
  if (kind === "trained") return { kind, id: rest };
  const at = rest.lastIndexOf("@");
  if (kind === "hub")
    return {
      kind,
      repository: at < 0 ? rest : rest.slice(0, at),
      revision: at < 0 ? "main" : rest.slice(at + 1),
    };
  return { kind };
}

const linearsText = (linears: readonly LinearId[]): string => linears.map(shortLinearName).join(",");
const linearsOf = (text: string): LinearId[] => (text === "" ? [] : text.split(",").map(longLinearName));

function editText(edit: EditSpec): string {
  if (edit.method === "none") return "none";
  if (edit.method === "balanced-subnet") return balancedSubnetText(edit, linearsText(edit.linears));
  if (edit.method === "svd") return `svd:${String(edit.keep)}:${linearsText(edit.linears)}`;
  if (edit.method === "control") {
    const seed = edit.control === "random-pairs" ? `:${String(edit.seed)}` : "";
    return `control:${edit.control}:${String(edit.energy)}:${energiesText(edit)}${seed}`;
  }
  const ranking = edit.ranking === undefined || edit.ranking === "product" ? "" : `:${edit.ranking}`;
  return `kfac:${edit.selection}:${String(edit.energy)}:${energiesText(edit)}${ranking}`;
}

function energiesText(edit: EnergyEdit): string {
  const linears = edit.linears.map((id) => {
    const own = edit.energies?.[id];
    return own === undefined ? shortLinearName(id) : `${shortLinearName(id)}@${String(own)}`;
  });
  return linears.join(",");
}

/** `2.fc2,3.fc2@0.9`: an own energy stands behind its linear. */
function linearsAndEnergiesOf(text: string): { linears: unknown; energies?: unknown } {
  const entries = (text === "" ? [] : text.split(",")).map((entry) => {
    const at = entry.indexOf("@");
    return at < 0
      ? ([longLinearName(entry)] as const)
      : ([longLinearName(entry.slice(0, at)), scalarOf(entry.slice(at + 1))] as const);
  });
  const own = entries.filter((entry) => entry.length === 2);
  const linears = entries.map(([id]) => id);
  return own.length === 0 ? { linears } : { linears, energies: Object.fromEntries(own) };
}

function editOf(text: string): unknown {
  const [method = "", ...rest] = text.split(":");
  const [choice, energy = "", linears = "", last] = rest;
  const kept = { method, energy: scalarOf(energy), ...linearsAndEnergiesOf(linears) };
  if (method === "kfac" && (rest.length === 3 || rest.length === 4))
    return { ...kept, selection: choice, ...(last === undefined ? {} : { ranking: last }) };
  if (method === "control" && (rest.length === 3 || rest.length === 4))
    return { ...kept, control: choice, seed: last === undefined ? 0 : scalarOf(last) };
  if (method === "svd" && rest.length === 2)
    return { method, keep: scalarOf(rest[0] ?? ""), linears: linearsOf(rest[1] ?? "") };
  if (method === "bsn") return balancedSubnetOf(text, scalarOf, linearsOf) ?? { method: text };
  return method === "none" && rest.length === 0 ? { method } : { method: text };
}

/** Numbers and truth values as such, anything else as text for the check to judge. */
function scalarOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(text) : text;
}

/** Percent-encodes what an address needs and leaves `/ : , @` readable. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/%(2F|3A|2C|40)/g, decodeURIComponent);
}

export function encodeLink({ recipe, view }: Linked): string {
  const pairs: [string, string][] = [
    ["v", String(recipe.version)],
    ["title", recipe.title],
    ["model", modelText(recipe.model)],
  ];
  for (const part of parts) {
    for (const [key, value] of Object.entries({ ...recipe[part] } as Record<string, unknown>))
      pairs.push([`${part}.${key}`, Array.isArray(value) ? linearsText(value) : String(value)]);
  }
  for (const edit of recipe.edits) pairs.push(["edit", editText(edit)]);
  if (view.linear !== undefined) pairs.push(["view.linear", shortLinearName(view.linear)]);
  if (view.edit !== undefined) pairs.push(["view.edit", String(view.edit)]);
  if (view.gallery !== undefined) pairs.push(["view.gallery", view.gallery]);
  if (view.bands !== undefined) pairs.push(["view.bands", view.bands]);
  if (view.passage !== undefined) pairs.push(["view.passage", String(view.passage)]);
  if (view.sources !== undefined && view.sources.length > 0)
    pairs.push(["view.sources", view.sources.join(",")]);
  if (view.at !== undefined) pairs.push(["view.at", view.at]);
  if (view.tour !== undefined) pairs.push(["view.tour", String(view.tour)]);
  if (view.train !== undefined) pairs.push(["view.train", settingsText(view.train)]);
  if (view.bandsEvery !== undefined) pairs.push(["view.bandsEvery", String(view.bandsEvery)]);
  if (view.decay !== undefined) pairs.push(["view.decay", String(view.decay)]);
  if (view.search !== undefined) pairs.push(["view.search", searchText(view.search)]);
  if (view.hide !== undefined && view.hide.length > 0) pairs.push(["view.hide", view.hide.join(",")]);
  return pairs.map(([key, value]) => `${key}=${escaped(value)}`).join("&");
}

function pairsOf(hash: string, faults: Fault[]): [string, string][] {
  const pairs: [string, string][] = [];
  const seen = new Set<string>();
  for (const piece of hash.split("&")) {
    const equals = piece.indexOf("=");
    const key = equals < 0 ? piece : piece.slice(0, equals);
    if (key !== "edit" && seen.has(key)) faults.push({ path: key, message: "given twice" });
    seen.add(key);
    try {
      pairs.push([key, decodeURIComponent(equals < 0 ? "" : piece.slice(equals + 1))]);
    } catch {
      faults.push({ path: key, message: "has a broken % sequence" });
    }
  }
  return pairs;
}

const viewChecks: { readonly [K in keyof LinkedView]-?: Check<NonNullable<LinkedView[K]>> } = {
  linear: linearId,
  edit: integer(0, 15),
  gallery: oneOf(...galleryFilters),
  bands: oneOf("one", "all"),
  // As many as a recipe can ask for: three groups of 2,000.
  passage: integer(0, 5999),
  sources: distinct(list(sourceId, 0, mostSources)),
  at: oneOf(...sectionNames),
  tour: integer(0, tourSteps - 1),
  train: linkedSettings,
  bandsEvery: integer(1, trainingLimits.epochs.maximum),
  decay: number(trainingLimits.weightDecay.minimum, trainingLimits.weightDecay.maximum),
  search: linkedSearch,
  hide: list(oneOf(...panelNames), 0, panelNames.length),
};

/** `recipe` in the shape of the schema, not yet checked; `view` as it came. */
function assemble(
  pairs: readonly [string, string][],
  faults: Fault[],
): { recipe: Map<string, unknown>; view: Map<string, unknown> } {
  const recipe = new Map<string, unknown>(parts.map((part) => [part, new Map<string, unknown>()]));
  const edits: unknown[] = [];
  const view = new Map<string, unknown>();
  for (const [key, value] of pairs) {
    const dot = key.indexOf(".");
    const inner = dot < 0 ? undefined : recipe.get(key.slice(0, dot));
    const name = key.slice(dot + 1);
    if (key === "v") recipe.set("version", scalarOf(value));
    else if (key === "title") recipe.set("title", value);
    else if (key === "model") recipe.set("model", modelOf(value));
    else if (key === "edit") edits.push(editOf(value));
    else if (inner instanceof Map) inner.set(name, valueOf(name, value));
    else if (key === "view.linear") view.set("linear", longLinearName(value));
    else if (key === "view.hide" || key === "view.sources")
      view.set(name, value === "" ? [] : value.split(","));
    else if (key.startsWith("view.") && Object.hasOwn(viewChecks, name)) view.set(name, scalarOf(value));
    else faults.push({ path: key, message: "unknown part of the address" });
  }
  recipe.set("edits", edits);
  for (const part of parts) recipe.set(part, objectOf(recipe.get(part)));
  return { recipe, view };
}

/** A hash may look like a number. */
function valueOf(name: string, text: string): unknown {
  if (name === "linears") return linearsOf(text);
  return name === "ownText" ? text : scalarOf(text);
}

/** Own keys only: a key such as `__proto__` becomes an unknown key and nothing else. */
function objectOf(entries: unknown): unknown {
  return entries instanceof Map ? Object.fromEntries(entries) : entries;
}

/** Reads the address after `#`; the leading `#` may be there. */
export function decodeLink(hash: string): Validation<Linked> {
  const text = hash.startsWith("#") ? hash.slice(1) : hash;
  if (text.length > maximumLength)
    return {
      ok: false,
      faults: [{ path: "", message: `the address is longer than ${String(maximumLength)} characters` }],
    };
  const faults: Fault[] = [];
  const { recipe, view } = assemble(pairsOf(text, faults), faults);
  const validation = validateRecipe(objectOf(recipe));
  if (!validation.ok) return { ok: false, faults: [...faults, ...validation.faults] };
  const checked = Object.entries(viewChecks).flatMap(([key, check]) =>
    view.has(key) ? [[key, check(view.get(key), `view.${key}`, faults)] as const] : [],
  );
  return faults.length === 0
    ? { ok: true, value: { recipe: validation.value, view: Object.fromEntries(checked) } }
    : { ok: false, faults };
}
