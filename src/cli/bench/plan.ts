import type { Work } from "./measure";

/** What is measured, as plain data: it crosses from Node to the page in Chromium. */

export type Solver =
  "eigenband" | "eigenband on wasm" | "webr" | "ml-matrix" | "jax-js wasm" | "jax-js webgpu";

export type Task =
  | { readonly kind: "matmul"; readonly by: "eigenband" | "onnxruntime" | "jax-js"; readonly size: number }
  /** Σ x xᵀ over `rows` rows of `size` numbers: by our kernel over the upper tiles, or as one whole product. */
  | {
      readonly kind: "covariance";
      readonly by: "covariance" | "matmul";
      readonly rows: number;
      readonly size: number;
    }
  | { readonly kind: "eigh"; readonly by: Solver; readonly size: number }
  /** One batch of images: logits alone, or activations, output gradients and covariances of the linears. */
  | {
      readonly kind: "model";
      readonly by: "forward" | "factors" | "gradients" | "forward on wasm";
      readonly model: string;
      readonly batch: number;
      readonly linears: "recipe" | "all";
    }
  /** New weights for one energy, predictions of all images under them, metrics; or the weights alone. */
  | {
      readonly kind: "energy";
      readonly by: "metrics" | "weights";
      readonly on: "webgpu" | "wasm";
      readonly model: string;
      readonly images: number;
    }
  /** Windows of text: logits alone, or activations, output gradients and covariances of gate, up and down. */
  | {
      readonly kind: "collection";
      readonly by: "forward" | "factors" | "gradients";
      readonly on: "webgpu" | "wasm";
      readonly model: string;
      readonly windows: number;
    }
  /** The next token of each text once it has `length` tokens: with a cache of those before, or by reading all again. */
  | {
      readonly kind: "decoding";
      readonly by: "cache" | "whole texts";
      readonly on: "webgpu" | "wasm";
      readonly model: string;
      readonly texts: number;
      readonly length: number;
    }
  /** New weights for one energy, and what the page shows first of all texts under them; or the weights alone. */
  | {
      readonly kind: "text energy";
      readonly by: "metrics" | "weights";
      readonly on: "webgpu" | "wasm";
      readonly model: string;
      /** Share of the recipe's passages and windows; the facts, 88 short texts, are asked whole. */
      readonly share: number;
    };

/** Tasks measured side by side; ratios are the time of each to that of the first. */
export interface Group {
  readonly title: string;
  readonly tasks: readonly Task[];
  /** Of the second task: at most this ratio. */
  readonly atMostRatio?: number;
  /** Of the second task: at least this ratio. */
  readonly atLeastRatio?: number;
  /** Of the first task: at most this many milliseconds. */
  readonly atMostMs?: number;
  readonly note?: string;
}

export interface PlanOptions {
  readonly software: boolean;
  readonly quick: boolean;
  readonly matmul: readonly number[] | undefined;
  readonly eigh: readonly number[] | undefined;
  readonly model: string;
  readonly textModel: string;
  readonly images: number | undefined;
  readonly only: readonly string[];
}

export const groupNames = ["matmul", "covariance", "eigh", "factors", "energy", "text", "decoding"] as const;

/** From this size on the upper tiles are few enough, 136 of 256, for the ratio that is aimed at. */
const manyTiles = 1024;

/** Largest size at which a software adapter still ends within minutes, or what a GPU does at leisure. */
function sizes(options: PlanOptions): {
  readonly matmul: readonly number[];
  readonly eigh: readonly number[];
} {
  const { software, quick } = options;
  return {
    matmul: options.matmul ?? (software ? [256] : quick ? [1024] : [512, 1024, 2048]),
    eigh: options.eigh ?? (software ? (quick ? [64] : [64, 128]) : quick ? [256] : [128, 256, 512, 1024]),
  };
}

export function benchPlan(options: PlanOptions): Group[] {
  const { software, quick, model, only } = options;
  const { matmul, eigh } = sizes(options);
  const covariance = options.matmul ?? (software ? [manyTiles] : matmul);
  const rows = software ? 128 : 1024;
  const groups: Record<(typeof groupNames)[number], readonly Group[]> = {
    matmul: matmul.map((size) => ({
      title: `matmul ${size}×${size}×${size}`,
      tasks: (["eigenband", "onnxruntime", "jax-js"] as const).map((by) => ({ kind: "matmul", by, size })),
    })),
    covariance: covariance.map((size) => ({
      title: `covariance of ${rows} rows of ${size}`,
      tasks: (["matmul", "covariance"] as const).map((by) => ({ kind: "covariance", by, rows, size })),
      ...(size >= manyTiles ? { atMostRatio: 0.56 } : {}),
    })),
    eigh: eigh.map((size) => ({
      title: `eigenvectors ${size}×${size}`,
      tasks: (
        ["eigenband", "eigenband on wasm", "webr", "ml-matrix", "jax-js wasm", "jax-js webgpu"] as const
      ).map((by) => ({
        kind: "eigh",
        by,
        size,
      })),
      note: "eigenband and jax-js in float32, webr (LAPACK) and ml-matrix in float64 on the CPU",
    })),
    factors: (["recipe", "all"] as const)
      .filter((linears) => !quick || linears === "recipe")
      .map((linears) => ({
        title: `${model}, batch of 32, ${linears === "all" ? "all linears" : "the recipe's linears"}`,
        tasks: (["forward", "factors", "gradients", "forward on wasm"] as const).map((by) => ({
          kind: "model",
          by,
          model,
          batch: 32,
          linears,
        })),
        atMostRatio: 3.5,
      })),
    energy: energyGroups(options),
    text: textGroups(options),
    decoding: decodingGroups(options),
  };
  return groupNames
    .filter((name) => only.length === 0 || only.includes(name))
    .flatMap((name) => groups[name]);
}

/** First the backend that the lab takes by itself: the CPU beside an emulated GPU, which is given fewer images. */
function energyGroups({ software, model, images }: PlanOptions): Group[] {
  const group = (count: number, backends: readonly ("webgpu" | "wasm")[]): Group => ({
    title: `${model}, energy change with ${count} images`,
    tasks: backends.flatMap((on, position) =>
      (position === 0 ? (["metrics", "weights"] as const) : (["metrics"] as const)).map((by): Task => ({
        kind: "energy",
        by,
        on,
        model,
        images: count,
      })),
    ),
    note: "every linear of the recipe's K-FAC edit; unit eigenvectors, since the time depends on sizes alone",
  });
  if (!software) return [{ ...group(images ?? 2000, ["webgpu", "wasm"]), atMostMs: 100 }];
  return [
    { ...group(images ?? 2000, ["wasm"]), atMostMs: 1000 },
    group(Math.min(images ?? 100, 100), ["wasm", "webgpu"]),
  ];
}

/** Positions of a window, and tokens of a passage: a prefix of 64 and a suffix of 48. */
export const windowPositions = 160;
const passageTokens = 112;

/** On the GPU and on the CPU; an emulated GPU is given less. */
function textGroups({ software, quick, textModel: model }: PlanOptions): Group[] {
  const collection = (on: "webgpu" | "wasm", windows: number): Group => ({
    title: `${model} on ${on}, ${windows} windows of ${windowPositions}, gate, up and down of all layers`,
    tasks: (["forward", "factors", "gradients"] as const).map((by) => ({
      kind: "collection",
      by,
      on,
      model,
      windows,
    })),
    atMostRatio: 3.5,
  });
  const asked = (share: number): string =>
    share === 1 ? "all texts" : `${100 * share} % of the passages and windows, and all facts`;
  const energy = (on: "webgpu" | "wasm", share: number): Group => ({
    title: `${model} on ${on}, energy change with ${asked(share)}`,
    tasks: (["metrics", "weights"] as const).map((by) => ({ kind: "text energy", by, on, model, share })),
    note: "strict recitation, nDCG, top-1, perplexity and facts, which the page shows before it writes texts anew",
  });
  const shares: readonly (readonly ["webgpu" | "wasm", number])[] = [
    ["wasm", software ? 1 : 0.1],
    ["webgpu", software ? 0.02 : 1],
  ];
  return [
    collection("wasm", quick ? 2 : 8),
    collection("webgpu", software ? 2 : 8),
    ...shares.filter(([on]) => !quick || on === "wasm").map(([on, share]) => energy(on, share)),
  ];
}

/** One text as in the prompt bench, a few, and as many as are decoded together where passages are recited. */
function decodingGroups({ software, textModel: model }: PlanOptions): Group[] {
  const decoding = (on: "webgpu" | "wasm", texts: number): Group => ({
    title: `${model} on ${on}, token ${passageTokens} of ${texts === 1 ? "a text" : `${texts} texts`}`,
    tasks: (["cache", "whole texts"] as const).map((by) => ({
      kind: "decoding",
      by,
      on,
      model,
      texts,
      length: passageTokens,
    })),
    atLeastRatio: 5,
  });
  return [
    ...[1, 4, 32].map((texts) => decoding("wasm", texts)),
    ...(software ? [1, 4] : [1, 4, 32]).map((texts) => decoding("webgpu", texts)),
  ];
}

/** Tokens, or operations of a matrix product by the count of the whole product. */
export function workOf(task: Task): Work | undefined {
  switch (task.kind) {
    case "matmul":
      return { count: 2 * task.size ** 3, unit: "operations" };
    case "covariance":
      return { count: 2 * task.rows * task.size ** 2, unit: "operations" };
    case "collection":
      return { count: task.windows * windowPositions, unit: "tokens" };
    case "decoding":
      return { count: task.texts, unit: "tokens" };
    default:
      return undefined;
  }
}

const passes = {
  forward: "forward",
  factors: "forward + backward + covariance",
  gradients: "forward + backward",
  "forward on wasm": "forward on wasm",
};

export function taskName(task: Task): string {
  switch (task.kind) {
    case "matmul":
    case "eigh":
      return task.by;
    case "covariance":
      return task.by === "matmul" ? "the equal matmul" : "covariance";
    case "model":
    case "collection":
      return passes[task.by];
    case "decoding":
      return task.by === "cache" ? "with a cache" : "reading the whole text";
    case "text energy":
      return task.by === "metrics" ? "new metrics" : "weights alone";
    case "energy":
      return `${task.by === "metrics" ? "new metrics" : "weights alone"} on ${task.on}`;
  }
}
