import { readSafetensors } from "../../files/safetensors";
import { writeSafetensors } from "../../files/safetensors-writer";
import { droppedCount, type Subnet, type SubnetMask } from "../../stages/edit/balanced-subnet";
import type { ScoreState, SubnetState } from "../../stages/edit/subnet-learner";
import type { BalancedSubnetSpec, SubnetPoint, SubnetTraining } from "../../stages/edit/types";
import type { Linear, LinearId } from "../../stages/model/types";
import { float32, int32, type HostTensor } from "../../tensor/host-tensor";

/** A mask as it is stored, learned in part or to its end: one safetensors file, and as metadata all that is no tensor. */
export type SavedMask =
  | { readonly kind: "half"; readonly state: SubnetState }
  | { readonly kind: "whole"; readonly subnet: Subnet };

type AboutHalf = { readonly kind: "half" } & Omit<SubnetState, "linears">;
type AboutWhole = { readonly kind: "whole" } & Pick<Subnet, "training" | "seconds">;

/** What a mask learned in part takes for each weight: a score and its velocity. */
export const halfBytesPerWeight = 8;

/** One word of 32 bits for each 32 weights. */
function words({ outputs, inputs }: Linear): number {
  return Math.ceil((outputs * inputs) / 32);
}

export function encodeMask(saved: SavedMask): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, HostTensor>();
  if (saved.kind === "half") {
    const { linears, ...standing } = saved.state;
    for (const { linear, scores, velocity } of linears) {
      tensors.set(`${linear}.scores`, float32([scores.length], scores));
      tensors.set(`${linear}.velocity`, float32([velocity.length], velocity));
    }
    return file(tensors, { kind: "half", ...standing });
  }
  const { masks, training, seconds } = saved.subnet;
  for (const [id, { bits }] of masks)
    tensors.set(
      `${id}.kept`,
      int32([bits.length], new Int32Array(bits.buffer, bits.byteOffset, bits.length)),
    );
  return file(tensors, { kind: "whole", training, seconds });
}

function file(
  tensors: ReadonlyMap<string, HostTensor>,
  about: AboutHalf | AboutWhole,
): Uint8Array<ArrayBuffer> {
  return writeSafetensors(tensors, { metadata: { mask: JSON.stringify(about) } });
}

/** What was stored of an edit of these linears; undefined for bytes that are no mask of it. */
export function decodeMask(
  bytes: Uint8Array<ArrayBuffer>,
  linears: readonly Linear[],
  { drop }: Pick<BalancedSubnetSpec, "drop">,
): SavedMask | undefined {
  const { tensors, metadata } = readSafetensors(bytes, "the stored mask");
  const text = metadata.get("mask");
  if (text === undefined) return undefined;
  // The file is the lab's own, under a key that tells all it was made from.
  const about = JSON.parse(text) as AboutHalf | AboutWhole;
  if (about.kind === "half") {
    const { kind, curve, ...standing } = about;
    const scored = linears.map((linear) => scoresOf(linear, tensors));
    const whole = scored.filter((one) => one !== undefined);
    if (whole.length < scored.length) return undefined;
    return { kind, state: { ...standing, curve: curve.map(pointOf), linears: whole } };
  }
  const masks = new Map<LinearId, SubnetMask>();
  for (const linear of linears) {
    const kept = tensors.get(`${linear.id}.kept`);
    if (kept?.dtype !== "int32" || kept.data.length !== words(linear)) return undefined;
    const bits = Uint32Array.from(kept.data);
    masks.set(linear.id, { linear, dropped: droppedCount(linear, drop), bits });
  }
  const { training, seconds } = about;
  return { kind: "whole", subnet: { masks, training: trainingOf(training), seconds } };
}

function scoresOf(linear: Linear, tensors: ReadonlyMap<string, HostTensor>): ScoreState | undefined {
  const scores = tensors.get(`${linear.id}.scores`);
  const velocity = tensors.get(`${linear.id}.velocity`);
  const count = linear.outputs * linear.inputs;
  if (scores?.dtype !== "float32" || velocity?.dtype !== "float32") return undefined;
  if (scores.data.length !== count || velocity.data.length !== count) return undefined;
  return { linear: linear.id, scores: scores.data, velocity: velocity.data };
}

function trainingOf({ curve, ...rest }: SubnetTraining): SubnetTraining {
  return { ...rest, curve: curve.map(pointOf) };
}

/** JSON leaves out what is undefined. */
function pointOf({ step, forget, retain }: Partial<SubnetPoint> & Pick<SubnetPoint, "step">): SubnetPoint {
  return { step, forget, retain };
}
