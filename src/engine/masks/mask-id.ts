import { Sha256, sha256 } from "../../files/sha256";
import type { Backend } from "../../runtime/backend";
import type { BalancedSubnetSpec } from "../../stages/edit/types";
import type { LoadedModel } from "../../stages/model/types";
import { stableJson } from "../key";

/** Raised when the same edit of the same model and data is learned otherwise, or stored otherwise. */
const REVISION = 1;

/**
 * What a stored mask is known by: all that it depends on. `source` is the key of model and data; since a model may come
 * to have other weights under the same name, those that are masked are part of it.
 */
export async function maskId(
  backend: Backend,
  model: LoadedModel,
  source: string,
  edit: BalancedSubnetSpec,
): Promise<string> {
  const weights = new Sha256();
  for (const id of edit.linears) {
    const tensor = model.parameters.get(id);
    if (!tensor) throw new RangeError(`subnet: ${id} is no linear of this model`);
    const data = await backend.download(tensor);
    weights.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  const subject = stableJson([REVISION, backend.kind, source, edit, weights.hex()]);
  return `mask-${sha256(new TextEncoder().encode(subject))}`;
}
