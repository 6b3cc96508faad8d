import type { ForgetSetSpec, Genre } from "../stages/data/types";
import type { BalancedSubnetSpec } from "../stages/edit/types";
import type { LinearId } from "../stages/model/types";
import { distinct, integer, list, number, oneOf, record, type Check } from "./check";

/** BalancedSubnet in recipes and links: its usual settings, its check, and its text. */

/** Settings of the edit apart from the matrices it masks. */
export type SubnetSettings = Omit<BalancedSubnetSpec, "method" | "linears">;

/** As the authors of the method have it; sizes are those of the planted text. */
export const usualSubnet: SubnetSettings = {
  drop: 0.05,
  forget: "first-half",
  forgetExamples: 500,
  retainExamples: 240,
  epochs: 2,
  batch: 16,
  rate: 0.1,
  momentum: 0.9,
  decay: 0.0005,
  seed: 1,
};

/**
 * For image classifiers: a wrong label is learned from one image, so there are more of them to tell, and more weights
 * are dropped in smaller steps. Chosen on the model `vit-plain`.
 */
export const usualImageSubnet: SubnetSettings = {
  ...usualSubnet,
  drop: 0.1,
  forgetExamples: 1400,
  retainExamples: 2800,
  epochs: 8,
  batch: 64,
  rate: 0.005,
};

export const forgetChoices = [
  "first-half",
  "second-half",
  "all",
] as const satisfies readonly ForgetSetSpec["forget"][];

export const genreNames = [
  "notice",
  "html list",
  "letter",
  "contact cards",
  "course list",
  "essay",
] as const satisfies readonly Genre[];

/** Smallest and largest values, also for the fields of the page. */
export const subnetLimits = {
  drop: [0, 1],
  forgetExamples: [1, 100_000],
  retainExamples: [0, 100_000],
  epochs: [0, 100],
  batch: [1, 1024],
  rate: [0, 100],
  momentum: [0, 0.9999],
  decay: [0, 1],
  seed: [0, 4_294_967_295],
} as const satisfies Partial<Record<keyof SubnetSettings, readonly [number, number]>>;

/** The check of the edit, given that of its matrices. */
export function balancedSubnetCheck(linears: Check<readonly LinearId[]>): Check<BalancedSubnetSpec> {
  const within = subnetLimits;
  return record<BalancedSubnetSpec>(
    {
      method: oneOf("balanced-subnet"),
      linears,
      drop: number(...within.drop),
      forget: oneOf(...forgetChoices),
      genres: distinct(list(oneOf(...genreNames), 1, genreNames.length)),
      forgetExamples: integer(...within.forgetExamples),
      retainExamples: integer(...within.retainExamples),
      epochs: integer(...within.epochs),
      batch: integer(...within.batch),
      rate: number(...within.rate),
      momentum: number(...within.momentum),
      decay: number(...within.decay),
      seed: integer(...within.seed),
    },
    ["genres"],
  );
}

const prefix = "bsn";
/** Settings that a text names only where they are not the usual ones, by their names in it. */
const options = [
  ["memorized", "forgetExamples"],
  ["retained", "retainExamples"],
  ["epochs", "epochs"],
  ["batch", "batch"],
  ["rate", "rate"],
  ["momentum", "momentum"],
  ["decay", "decay"],
  ["seed", "seed"],
] as const satisfies readonly (readonly [string, keyof SubnetSettings])[];

/**
 * The edit as text, `bsn:DROP:FORGET:OPTIONS:LINEARS`, e.g. `bsn:0.05:first-half::0.gate,0.up` or
 * `bsn:0.05:all:epochs@0,genres@letter/html-list:0.gate`. Options that have their usual values are left out.
 */
export function balancedSubnetText(edit: BalancedSubnetSpec, linears: string): string {
  const named = options
    .filter(([, key]) => edit[key] !== usualSubnet[key])
    .map(([name, key]) => `${name}@${String(edit[key])}`);
  const genres = edit.genres?.map((genre) => genre.replaceAll(" ", "-")).join("/");
  const settings = genres === undefined ? named : [...named, `genres@${genres}`];
  return [prefix, String(edit.drop), edit.forget, settings.join(","), linears].join(":");
}

/** The edit of a text, not yet checked; undefined if it is the text of something else. */
export function balancedSubnetOf(
  text: string,
  scalarOf: (text: string) => unknown,
  linearsOf: (text: string) => readonly LinearId[],
): unknown {
  const [method, drop = "", forget = "", settings = "", linears = "", ...more] = text.split(":");
  if (method !== prefix || more.length > 0) return undefined;
  const entries = (settings === "" ? [] : settings.split(",")).map((setting) => {
    const at = setting.indexOf("@");
    const name = at < 0 ? setting : setting.slice(0, at);
    const value = at < 0 ? "" : setting.slice(at + 1);
    if (name === "genres")
      return [name, value.split("/").map((genre) => genre.replaceAll("-", " "))] as const;
    return [options.find(([known]) => known === name)?.[1] ?? name, scalarOf(value)] as const;
  });
  return {
    ...usualSubnet,
    method: "balanced-subnet",
    linears: linearsOf(linears),
    drop: scalarOf(drop),
    forget,
    // Own keys only: a setting such as `__proto__` is an unknown key and nothing else.
    ...(Object.fromEntries(entries) as object),
  };
}
