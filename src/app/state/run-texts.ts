import type { Failure, RunHandle } from "../../engine/api";
import { engine, failureOf } from "../../engine/client";
import type { Recipe } from "../../recipe/schema";
import type { EditSpec } from "../../stages/edit/types";
import { passageText } from "../texts/passage-list";
import { setView, useLab } from "./lab";
import { same } from "./recipe-slice";
import { shownEdit, shownPassage } from "./selectors";
import {
  benchAfter,
  benchEnded,
  benchStarted,
  promptFault,
  samplingOf,
  type BenchRun,
  type LossRun,
  type TextsState,
} from "./texts-slice";

/** Asks the engine to write and to read texts, under no edit and under the one that is looked at. */

export function setTexts(change: Partial<TextsState>): void {
  useLab.setState(({ texts }) => ({ texts: { ...texts, ...change } }));
}

function setBench(update: (bench: BenchRun) => BenchRun): void {
  useLab.setState(({ texts }) => ({ texts: { ...texts, bench: update(texts.bench) } }));
}

function setLosses(change: Partial<LossRun>): void {
  useLab.setState(({ texts }) => ({ texts: { ...texts, losses: { ...texts.losses, ...change } } }));
}

function comparedEdits(): readonly EditSpec[] {
  const edit = shownEdit(useLab.getState());
  return edit === undefined || edit.method === "none" ? [{ method: "none" }] : [{ method: "none" }, edit];
}

/** Whether the page still shows the model and the data of a recipe. */
function isStill({ model, data }: Recipe): boolean {
  const { recipe } = useLab.getState().recipe;
  return same([recipe?.model, recipe?.data], [model, data]);
}

let writing: RunHandle | undefined;

/** Continues the prompt; a prompt that is still being continued is left. */
export async function writeOn(): Promise<void> {
  const {
    recipe: { recipe },
    texts: { prompt, settings },
  } = useLab.getState();
  if (recipe === undefined) return;
  const fault = promptFault(prompt);
  if (fault !== undefined) {
    setBench((bench) => ({ ...bench, status: "failed", failure: fault }));
    return;
  }
  writing?.cancel();
  const edits = comparedEdits();
  setBench(() => benchStarted(prompt, edits));
  const request = { prompt, edits, maxTokens: settings.maxTokens, sampling: samplingOf(settings) };
  const mine = engine.generate(recipe, request, (event) => {
    if (writing === mine && isStill(recipe)) setBench((bench) => benchAfter(bench, event));
  });
  writing = mine;
  let failure: Failure | undefined;
  try {
    await mine.finished;
  } catch (error) {
    failure = failureOf(error);
  }
  if (writing !== mine) return;
  writing = undefined;
  if (isStill(recipe)) setBench((bench) => benchEnded(bench, failure));
}

export function stopWriting(): void {
  writing?.cancel();
}

/** Looks at a passage; where losses of the one before are shown, they follow. */
export function choosePassage(passage: number): void {
  const { losses } = useLab.getState().texts;
  setView({ passage });
  if (losses.prefixLength > 0 && losses.status !== "failed") void lossesOfPassage();
}

/** Losses of the passage that is looked at. */
export async function lossesOfPassage(): Promise<void> {
  const lab = useLab.getState();
  const record = lab.results.passages[shownPassage(lab)];
  if (record !== undefined) await lossesOf(passageText(record), record.prefix.join("").length);
}

let lastAsked = 0;

/** Losses of every token of a text; of several texts asked for only the last is shown. */
export async function lossesOf(text: string, prefixLength = 0): Promise<void> {
  const { recipe } = useLab.getState().recipe;
  if (recipe === undefined) return;
  const fault = promptFault(text);
  if (fault !== undefined) {
    const failure = { ...fault, message: "The text is empty.", remedy: "Type or paste a text." };
    setLosses({ status: "failed", failure });
    return;
  }
  const asked = ++lastAsked;
  const edits = comparedEdits();
  setLosses({ status: "running", failure: undefined });
  try {
    const result = await engine.tokenLosses(recipe, { text, edits });
    if (asked === lastAsked && isStill(recipe))
      setLosses({ status: "finished", text, prefixLength, edits, result });
  } catch (error) {
    if (asked === lastAsked && isStill(recipe)) setLosses({ status: "failed", failure: failureOf(error) });
  }
}
