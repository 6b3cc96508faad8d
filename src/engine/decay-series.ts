import { list, number, oneOf, record, text, type Check, type Fault } from "../recipe/check";
import { trainingLimits, trainingSettings } from "../recipe/training-settings";
import type { TrainingPoint } from "../stages/model/types";
import { disentanglement, type Side } from "../stages/spectrum/disentanglement";
import type { Disentanglement, LinearBands, SpectrumSpec } from "../stages/spectrum/types";
import type { TrainingSettings } from "../recipe/training-settings";
import { LabError } from "./failure";

/** Trainings that differ in weight decay alone, and the bands of each (paper, appendix B.1, figure 5). */
export interface DecaySeries {
  readonly version: 1;
  /** Of the first training; the others differ from it in weight decay. */
  readonly settings: TrainingSettings;
  readonly runs: readonly DecayRun[];
  readonly computed: { readonly date: string; readonly device: string };
}

export interface DecayRun {
  readonly weightDecay: number;
  /** Accuracies after the last epoch. */
  readonly point: TrainingPoint;
  /** Wrongly labelled images behind the bands: those that got their wrong label. */
  readonly memorizedImages: number;
  readonly orders: Readonly<Record<SpectrumSpec["bandOrder"], OrderedBands>>;
}

/** Largest differences of memorized and clean images; undefined where there are none to compare. */
interface BothBases {
  readonly kfac: Disentanglement | undefined;
  readonly svd: Disentanglement | undefined;
}

/** Bands of every layer's fc2 under one order of the directions, and their largest difference either way. */
export interface OrderedBands extends BothBases {
  readonly bands: readonly LinearBands[];
  /** By the band that responds most to memorized images. */
  readonly memorized: BothBases;
}

export function orderedBands(bands: readonly LinearBands[]): OrderedBands {
  const of = (side: Side): BothBases => ({
    kfac: disentanglement(bands, "kfac", side),
    svd: disentanglement(bands, "svd", side),
  });
  return { bands, ...of("either"), memorized: of("memorized") };
}

export function encodeDecaySeries(series: DecaySeries): string {
  return `${JSON.stringify(series, (_, value: unknown) => (typeof value === "number" ? short(value) : value), 1)}\n`;
}

/** More digits than a float32 has tell nothing. */
function short(value: number): number {
  return Number(value.toPrecision(7));
}

const anything: Check<unknown> = (value) => value;

const shape = record<
  Pick<DecaySeries, "version" | "settings"> & { computed: object; runs: readonly object[] }
>({
  version: oneOf(1),
  settings: trainingSettings,
  computed: record<DecaySeries["computed"]>({ date: text(/\S/, "a date"), device: text(/\S/, "a device") }),
  runs: list(
    record<{ weightDecay: number; point: unknown; memorizedImages: number; orders: unknown }>({
      weightDecay: number(0, trainingLimits.weightDecay.maximum),
      point: anything,
      memorizedImages: number(0, trainingLimits.images.maximum),
      orders: anything,
    }),
    1,
    20,
  ),
});

/** The file's inner parts were written by `encodeDecaySeries`; its frame tells a file of another kind or version. */
export function decodeDecaySeries(json: string): DecaySeries {
  const value: unknown = JSON.parse(json);
  const faults: Fault[] = [];
  if (shape(value, "", faults) !== undefined) return value as DecaySeries;
  throw new LabError(
    `This is no series of weight decays: ${faults[0]?.path ?? ""} ${faults[0]?.message ?? ""}`,
    "Reload the page, or compute it anew with npm run train -- vit decay-series.",
  );
}
