import { noOwnTexts } from "../../../engine/own-texts";
import { factorSamples } from "../../../engine/texts";
import type { Backend } from "../../../runtime/backend";
import { CachedRun, compileDecoding } from "../../../stages/evaluation/cached-run";
import type { LanguageModel } from "../../../stages/model/types";
import { evenBatch } from "../../../stages/even-batch";
import { float32, int64 } from "../../../tensor/host-tensor";
import { RandomStream } from "../../../tensor/random";
import { windowPositions, type Task } from "../plan";
import { randomFloats } from "./matmul";
import { repeated, type Prepared } from "./prepared";
import { openShippedTexts, quietContext } from "./shipped";
import { factorWork, forwardWork, type Work } from "./tap-work";

/** Roles of the linears whose factors are collected. */
const roles = ["gate", "up", "down"] as const;

/** The same windows for all, kept on the device; logits and taps stay there too. */
export async function prepareCollection(
  backend: Backend,
  { by, model: name, windows }: Extract<Task, { kind: "collection" }>,
): Promise<Prepared> {
  const { model, recipe, tokenizer } = await openShippedTexts(backend, name);
  const asked = { ...recipe, factors: { ...recipe.factors, windows } };
  const samples = await factorSamples(asked, tokenizer, windowPositions, noOwnTexts, quietContext);
  const weights = Object.fromEntries(model.parameters);
  const tapped = model.ofLength(windowPositions);
  // As the lab takes them: fewer at a time with the gradients.
  const batch = by === "forward" ? windows : evenBatch(windows, tapped.factorBatch(backend.kind));
  const runs = Array.from({ length: windows / batch }, (_, run) => {
    const rows = batch * windowPositions;
    const draws = Float32Array.from(randomFloats(rows, 4 + run), (value) => value + 0.5);
    return {
      input_ids: backend.upload(samples.input(Array.from({ length: batch }, (_, i) => run * batch + i))),
      uniforms: backend.upload(float32([rows, 1], draws)),
    };
  });
  const feeds = runs.map((run) => ({ ...weights, ...run }));
  const linears = model.summary.linears.filter(({ role }) => roles.some((one) => one === role));
  const taps = tapped.taps(
    batch,
    linears.map(({ id }) => id),
    "sampled",
  );
  const work = await {
    factors: () => factorWork(backend, taps, feeds),
    gradients: () => forwardWork(backend, taps.graph, feeds, "device"),
    forward: () => forwardWork(backend, model.forward(windows, windowPositions), feeds, "device"),
  }[by]();
  return repeated(work.execute, async () => {
    for (const tensor of runs.flatMap((run) => Object.values(run))) tensor.release();
    await work.release();
    model.release();
  });
}

/** One token for each text, whose logits are read back with a cache, and left on the device without. */
export async function prepareDecoding(
  backend: Backend,
  { by, model: name, texts, length }: Extract<Task, { kind: "decoding" }>,
): Promise<Prepared> {
  const { model } = await openShippedTexts(backend, name);
  const stream = new RandomStream(5);
  const { vocabulary } = model.summary;
  const ids = Array.from({ length: texts * length }, () => stream.integer(vocabulary));
  const work =
    by === "cache"
      ? await cachedWork(backend, model, ids, texts, length)
      : await wholeWork(backend, model, ids, texts, length);
  return repeated(work.execute, async () => {
    await work.release();
    model.release();
  });
}

async function wholeWork(
  backend: Backend,
  model: LanguageModel,
  ids: readonly number[],
  texts: number,
  length: number,
): Promise<Work> {
  const input_ids = backend.upload(int64([texts * length, 1], ids));
  const feeds = { ...Object.fromEntries(model.parameters), input_ids };
  const work = await forwardWork(backend, model.forward(texts, length), [feeds], "device");
  return {
    execute: work.execute,
    release: async () => {
      input_ids.release();
      await work.release();
    },
  };
}

/** The last token again and again, as the decoder reads it: with the tokens before it in the cache. */
async function cachedWork(
  backend: Backend,
  model: LanguageModel,
  ids: readonly number[],
  texts: number,
  length: number,
): Promise<Work> {
  const prefill = await compileDecoding(backend, model, texts, length, length);
  const isMany = texts > backend.rowPrograms.mostRows;
  const next = isMany ? await compileDecoding(backend, model, texts, 1, length) : undefined;
  const weights = Object.fromEntries(model.parameters);
  const cached = new CachedRun(backend, model, { prefill, next, weights });
  const last = length - 1;
  const idsOf = (text: number): readonly number[] => ids.slice(text * length, (text + 1) * length);
  const rows = Array.from({ length: texts }, (_, text) => idsOf(text));
  await cached.prefill(rows.map((ids) => ({ ids, start: 0, read: last })));
  const tokens = rows.map((ids) => ({ token: ids[last] ?? 0, position: last }));
  return {
    execute: async (times) => {
      for (let i = 0; i < times; i++) await cached.next(tokens);
      await backend.settled();
    },
    release: async () => {
      cached.release();
      await prefill.session.release();
      await next?.session.release();
    },
  };
}
