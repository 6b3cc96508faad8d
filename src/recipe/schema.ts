import type { ShapesSpec } from "../stages/data/types";
import type { EditSpec } from "../stages/edit/types";
import type { EvaluationSpec } from "../stages/evaluation/types";
import type { FactorsSpec } from "../stages/factors/types";
import type { ModelSpec } from "../stages/model/types";
import type { SpectrumSpec } from "../stages/spectrum/types";

/**
 * One run of the lab as plain JSON. The URL, the presets, the command line and the tests share it.
 * `edits` are evaluated side by side; the unedited model is always the first, `{ method: "none" }`.
 */
export interface Recipe {
  readonly version: 1;
  readonly title: string;
  readonly data: ShapesSpec;
  readonly model: ModelSpec;
  readonly factors: FactorsSpec;
  readonly spectrum: SpectrumSpec;
  readonly edits: readonly EditSpec[];
  readonly evaluation: EvaluationSpec;
}

export const stageNames = ["data", "model", "factors", "spectrum", "edit", "evaluation"] as const;
export type StageName = (typeof stageNames)[number];
