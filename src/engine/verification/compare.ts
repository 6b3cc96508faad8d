import { LabError } from "../failure";

/** One kind of result: its tensor with the largest relative error ‖x − x̂‖ / ‖x̂‖ (Frobenius) from the reference. */
export interface VerificationRow {
  readonly group: string;
  /** How many tensors were compared. */
  readonly tensors: number;
  readonly worst: number;
  readonly worstTensor: string;
  readonly tolerance: number;
  readonly pass: boolean;
  /** Said of comparisons that are not relative to the tensor itself. */
  readonly note: string;
}

type Values = ArrayLike<number>;
type Tensors = ReadonlyMap<string, Values>;

/** Groups in the order of the computation, by the names of their tensors. */
const groups: readonly (readonly [string, RegExp])[] = [
  ["logits", /^logits$/],
  ["loss", /^loss$/],
  ["parameter gradients", /^grad\./],
  ["activations a", /\.activation$/],
  ["output gradients g", /\.gradient$/],
  ["factor A", /\.A$/],
  ["factor G", /\.G$/],
  ["eigenvalues λ of A", /\.A\.eigenvalues$/],
  ["eigenvalues μ of G", /\.G\.eigenvalues$/],
  ["kept pairs and directions", /\.kept@/],
  ["edit by pairs", /\.weight\.pairs@/],
  ["edit by projection", /\.weight\.projection@/],
];

/** Below this share of its siblings' norm an expected tensor is 0 but for rounding. */
const negligible = 1e-6;

function norm(values: Values, minus?: Values): number {
  let square = 0;
  for (let k = 0; k < values.length; k++) square += ((values[k] ?? 0) - (minus?.[k] ?? 0)) ** 2;
  return Math.sqrt(square);
}

/** Root mean square norm of the tensors of this size. */
function siblingNorm(siblings: Iterable<Values>, size: number): number {
  const norms = [...siblings].filter(({ length }) => length === size).map((values) => norm(values));
  return norms.length === 0 ? 0 : norm(norms) / Math.sqrt(norms.length);
}

function compareGroup(
  group: string,
  expected: Tensors,
  computed: Tensors,
  tolerance: number,
): VerificationRow | undefined {
  let worst = -1;
  let worstTensor = "";
  const zeros: string[] = [];
  for (const [name, reference] of expected) {
    const values = computed.get(name);
    if (values?.length !== reference.length) {
      throw new LabError(
        `expected.safetensors: ${name} has ${reference.length} elements, the lab computes ${values?.length ?? "no such tensor"}.`,
        "Check that config.json, model.safetensors and expected.safetensors belong together.",
      );
    }
    const own = norm(reference);
    const scale = siblingNorm(expected.values(), reference.length);
    const isZero = own <= negligible * scale;
    if (isZero) zeros.push(name);
    const difference = norm(values, reference);
    const error = difference === 0 ? 0 : difference / (isZero ? scale : own);
    // A comparison that is false for NaN would let it through.
    if (!(error <= worst)) [worst, worstTensor] = [Number.isNaN(error) ? Infinity : error, name];
  }
  if (expected.size === 0) return undefined;
  const note =
    zeros.length === 0
      ? ""
      : `${zeros.length} are 0 but for rounding (such as ${zeros[0] ?? ""}) and measured by the norm of the others of their size`;
  return { group, tensors: expected.size, worst, worstTensor, tolerance, pass: worst <= tolerance, note };
}

/**
 * Compares every expected tensor with the computed one of its name.
 * @throws LabError for an expected tensor that was not computed, or has another size.
 */
export function compareTensors(expected: Tensors, computed: Tensors, tolerance: number): VerificationRow[] {
  const sorted = new Map(groups.map(([group]) => [group, new Map<string, Values>()]));
  for (const [name, values] of expected) {
    const [group] = groups.find(([, pattern]) => pattern.test(name)) ?? [];
    const members = group === undefined ? undefined : sorted.get(group);
    if (!members) {
      throw new LabError(
        `expected.safetensors: ${name} is nothing the lab computes.`,
        "Leave it out, or name it as in tests/fixtures/vit-random or olmo2-random.",
      );
    }
    members.set(name, values);
  }
  return [...sorted].flatMap(([group, members]) => compareGroup(group, members, computed, tolerance) ?? []);
}
