import { LabError } from "../engine/failure";
import {
  halves,
  HeldOut,
  mean,
  type ChosenEdit,
  type Half,
  type HeldOutSpec,
  type Judged,
} from "../engine/held-out/held-out";
import type { FreshText } from "../engine/held-out/recitation-scorer";
import type { Pipeline } from "../engine/pipeline";
import { longLinearName } from "../recipe/linear-name";
import { isTextRecipe, type Recipe } from "../recipe/schema";
import { editName } from "./edit-name";

/** What the check is asked for by, in place of a preset. */
export const heldOutName = "figure-3-held-out";

export const heldOutHelp = `  ${heldOutName}  chooses the energies of the cut of figure 3 on one half of the planted passages, and
                     judges them on the other half and on fresh text of other seeds; the reverse; and the recipe's edits`;

/** Energies of all down-projections, in steps of 2 %, at an nDCG@10 of 0.92. The recipe's own fresh text is of seed 23. */
const spec: HeldOutSpec = {
  linears: [0, 1, 2, 3, 4, 5].map((layer) => longLinearName(`${String(layer)}.down`)),
  floor: 0.92,
  levels: Array.from({ length: 16 }, (_, level) => (100 - 2 * level) / 100),
  moves: [2, 1],
  rounds: 5,
  choosing: freshTexts(24, 5),
  even: 0.88,
  judging: freshTexts(34, 10),
};

function freshTexts(first: number, count: number): readonly FreshText[] {
  return Array.from({ length: count }, (_, i) => ({ seed: first + i, windows: 80 }));
}

export interface HeldOutReport {
  readonly chosen: readonly (ChosenEdit & Judged)[];
  readonly own: readonly Judged[];
}

/** Runs the check for a language model and prints its figures. */
export async function runHeldOut(
  pipeline: Pipeline,
  recipe: Recipe,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<HeldOutReport> {
  if (!isTextRecipe(recipe))
    throw new LabError("The recipe is for images.", "Give --model with a language model.");
  const context = { signal, onProgress: (): void => undefined };
  const own = recipe.edits.filter(({ method }) => method !== "balanced-subnet");
  const check = await HeldOut.open(pipeline, recipe, own, spec, context);
  const choices: ChosenEdit[] = [];
  for (const half of halves) {
    const began = performance.now();
    const choice = await check.choose(half, (tried) => {
      const seconds = (performance.now() - began) / 1000;
      if (tried % 20 === 0) log(`  ${words[half]}: ${String(tried)} energies tried, ${seconds.toFixed(0)} s`);
    });
    choices.push(choice);
    log(`chosen on the ${words[half]}: ${editName(choice.edit)}`);
  }
  const judged = await check.judge([...choices.map(({ edit }) => edit), ...own]);
  const chosen = choices.flatMap((choice, i) => {
    const one = judged[i];
    return one ? [{ ...choice, ...one, edit: choice.edit }] : [];
  });
  const report = { chosen, own: judged.slice(choices.length) };
  log(`\n${tableOf(report)}`);
  return report;
}

const words: Readonly<Record<Half, string>> = { "first-half": "first half", "second-half": "second half" };

const cell = (text: string): string => text.padStart(10);

function tableOf({ chosen, own }: HeldOutReport): string {
  const head = `${"".padEnd(34)}${["first", "second", "choosing", "others", "least", "greatest"].map(cell).join("")}`;
  const rows = [
    ...chosen.map((one) => [`energies chosen on the ${words[one.on]}`, one] as const),
    ...own.map(
      (one) =>
        [`the recipe's ${one.edit.method === "none" ? "unedited model" : one.edit.method}`, one] as const,
    ),
  ];
  const lines = rows.map(([name, { strict, choosing, judging }]) => {
    const shares = halves.map((half) => (100 * strict[half]).toFixed(1));
    const ndcg = [choosing, mean(judging), Math.min(...judging), Math.max(...judging)].map((value) =>
      value.toFixed(4),
    );
    return `${name.padEnd(34)}${[...shares, ...ndcg].map(cell).join("")}`;
  });
  return [`strict % of the passages' halves; nDCG@10 of fresh texts`, head, ...lines].join("\n");
}
