import { openDropped, type DroppedFolder } from "../files/dropped";
import type { Checkpoint } from "../stages/model/checkpoint";
import { modelTokenizer } from "./model-tokenizer";
import { readTrainingRecord } from "./training-record";

/** Last part of a path that has one; `owner/model` of the hub stays whole. */
function shortName(path: string): string {
  const isHubName = /^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(path);
  return isHubName ? path : (path.split(/[\\/]/).findLast((part) => /\w/.test(part)) ?? "");
}

/** What a dropped model is called: as its configuration says, else as its folder, else as its file. */
export function droppedTitle({ config, weightFiles }: Pick<DroppedFolder, "config" | "weightFiles">): string {
  const isObject = typeof config === "object" && config !== null;
  const named = isObject && "_name_or_path" in config ? config._name_or_path : undefined;
  const [file] = weightFiles;
  const folder = file?.webkitRelativePath.split("/").at(-2);
  const stem = file?.name.replace(/(-\d{5}-of-\d{5})?\.safetensors$/, "");
  const names = [typeof named === "string" ? shortName(named) : "", folder ?? "", stem ?? ""];
  return names.find((name) => name !== "" && name !== "model") ?? "Dropped model";
}

/** The checkpoint among dropped files. */
export async function droppedCheckpoint(
  files: readonly File[],
  signal?: AbortSignal,
): Promise<{ readonly folder: DroppedFolder; readonly checkpoint: Checkpoint }> {
  const folder = await openDropped(files, signal);
  const { config, weights } = folder;
  const training = readTrainingRecord(folder.training);
  const tokenizer = modelTokenizer(folder.tokenizer, folder.tokenizerConfig);
  return { folder, checkpoint: { title: droppedTitle(folder), config, weights, tokenizer, training } };
}
