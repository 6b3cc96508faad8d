import { describe, expect, it } from "vitest";
import type { Backend } from "../../../src/runtime/backend";
import { Decoder } from "../../../src/stages/evaluation/decoder";
import { recite } from "../../../src/stages/evaluation/recitation";
import { endIsRight, TextScorer } from "../../../src/stages/evaluation/text-scorer";
import type { Olmo2Config } from "../../../src/stages/model/olmo2-config";
import { olmo2Model } from "../../../src/stages/model/olmo2-model";
import type { LanguageModel } from "../../../src/stages/model/types";
import { float32, type FloatTensor } from "../../../src/tensor/host-tensor";
import { RandomStream } from "../../../src/tensor/random";
import { referenceLogits } from "../../support/olmo2-reference";
import { olmo2Weights, referenceModel, tinyOlmo2, wideHeadedOlmo2 } from "../../support/tiny-olmo2";

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const ranks = 10;

export function modelOn(
  backend: Backend,
  config: Olmo2Config,
  weights: ReadonlyMap<string, FloatTensor> = olmo2Weights(config, 8),
): LanguageModel {
  const parameters = new Map([...weights].map(([name, tensor]) => [name, backend.upload(tensor)]));
  const parts = { title: "", config, configJson: {}, parameters, tokenizer: undefined, training: undefined };
  return olmo2Model(parts);
}

export function textsOf(lengths: readonly number[], vocabulary: number, seed = 2): number[][] {
  const stream = new RandomStream(seed);
  return lengths.map((length) => Array.from({ length }, () => stream.integer(vocabulary)));
}

/** What must hold of scores on every backend. */
export function textScorerClaims(open: () => Promise<Backend>): void {
  describe("text scores", { timeout: 400_000 }, () => {
    it.each<[string, Olmo2Config]>([
      ["one key head, a tied head", tinyOlmo2],
      ["keys in groups, a head of its own", wideHeadedOlmo2],
    ])("are those of float64 logits, position by position: %s", async (_, config) => {
      const backend = await open();
      const weights = olmo2Weights(config, 8);
      const model = modelOn(backend, config, weights);
      const held = backend.deviceBytes();
      // Shorter than a graph, as long, longer by one; out of order.
      const texts = textsOf([17, 2, 40, 18, 9, 33, 3], config.vocabulary);
      const scorer = await TextScorer.create(backend, model, texts, ranks);
      const scores = await scorer.score(new Map(), quiet);
      const reference = referenceModel(config, weights);
      let at = 0;
      for (const [text, ids] of texts.entries()) {
        expect(scores.starts[text]).toBe(at);
        for (const [t, logits] of referenceLogits(reference, ids.slice(0, -1)).entries()) {
          const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
          const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
          const next = ids[t + 1]!;
          expect(scores.logProbabilities[at]).toBeCloseTo(logits[next]! - Math.log(total), 3);
          const top = [...scores.top.subarray(at * ranks, (at + 1) * ranks)];
          expect([text, t, ...top]).toEqual([text, t, ...order.slice(0, ranks)]);
          expect(scores.right[at]).toBe(order[0] === next ? 1 : 0);
          at++;
        }
      }
      expect([scores.starts.length, scores.starts.at(-1)]).toEqual([texts.length + 1, at]);
      expect(scores.right.length).toBe(at);
      await scorer.release();
      expect(backend.deviceBytes()).toBe(held);
      model.release();
    });

    it("call a suffix right exactly where greedy decoding recites it", async () => {
      const backend = await open();
      const model = modelOn(backend, tinyOlmo2);
      const { vocabulary } = tinyOlmo2;
      const decoder = new Decoder(backend, model);
      const prompts = textsOf(
        Array.from({ length: 16 }, (_, i) => 1 + ((5 * i) % 23)),
        vocabulary,
      );
      const generated = await decoder.generate({
        prompts,
        maxTokens: 8,
        sampling: { kind: "greedy" },
        signal: quiet.signal,
      });
      // Every other text has one wrong token, at another place each.
      const suffixes = generated.map((tokens, i) =>
        tokens.map((token, t) => (i % 2 === 1 && t === ((i - 1) / 2) % 8 ? (token + 1) % vocabulary : token)),
      );
      const texts = prompts.map((prompt, i) => [...prompt, ...suffixes[i]!]);
      const scorer = await TextScorer.create(backend, model, texts, 1);
      // A norm follows the down-projection: to scale it would change nothing.
      const { id, outputs, inputs } = model.summary.linears.find(({ role }) => role === "down")!;
      const { data } = olmo2Weights(tinyOlmo2, 8).get(id)!;
      const thinned = backend.upload(
        float32(
          [outputs, inputs],
          data.map((w, k) => (k % 9 === 0 ? 0 : w)),
        ),
      );
      for (const edit of [new Map(), new Map([[id, thinned]])]) {
        const scores = await scorer.score(edit, quiet);
        const continued = await decoder.generate({
          prompts,
          maxTokens: 8,
          sampling: { kind: "greedy" },
          replaced: edit,
          signal: quiet.signal,
        });
        const recited = suffixes.map((suffix, i) => recite(suffix, continued[i]!).strict);
        expect(suffixes.map((_, i) => endIsRight(scores, i, 8))).toEqual(recited);
        const count = recited.filter((strict) => strict).length;
        if (edit.size === 0) expect(count).toBe(8);
        else expect(count).toBeLessThan(8);
      }
      thinned.release();
      await decoder.release();
      await scorer.release();
      model.release();
    });

    it("of ends alone are those of the whole texts there", async () => {
      const backend = await open();
      const model = modelOn(backend, { ...tinyOlmo2, layers: 2 });
      const texts = textsOf([17, 2, 40, 18, 9, 33, 3, 31, 17], tinyOlmo2.vocabulary);
      const ends = [3, 1, 20, undefined, 8, 1, 2, 12, 16];
      const whole = await TextScorer.create(backend, model, texts, ranks);
      const part = await TextScorer.create(backend, model, texts, ranks, ends);
      const [all, some] = [await whole.score(new Map(), quiet), await part.score(new Map(), quiet)];
      let at = 0;
      for (const [text, { length }] of texts.entries()) {
        const count = ends[text] ?? length - 1;
        const end = all.starts[text + 1]!;
        expect([some.starts[text], some.starts[text + 1]]).toEqual([at, at + count]);
        for (const key of ["right", "logProbabilities"] as const) {
          const wanted = [...all[key].subarray(end - count, end)];
          const got = [...some[key].subarray(at, at + count)];
          for (const [t, value] of wanted.entries())
            expect(got[t], `${key} ${text} ${t}`).toBeCloseTo(value, 4);
        }
        expect([...some.top.subarray(at * ranks, (at + count) * ranks)]).toEqual([
          ...all.top.subarray((end - count) * ranks, end * ranks),
        ]);
        expect(endIsRight(some, text, count)).toBe(endIsRight(all, text, count));
        at += count;
      }
      expect(some.right.length).toBe(at);
      expect(() => endIsRight(some, 0, 4)).toThrow(RangeError);
      await expect(TextScorer.create(backend, model, texts, ranks, [17])).rejects.toThrow(
        "expected 1 to 16 predictions of text 0, got 17",
      );
      await whole.release();
      await part.release();
      model.release();
    });

    it("do not depend on the texts beside", async () => {
      const backend = await open();
      const model = modelOn(backend, { ...tinyOlmo2, layers: 2 });
      // More than one run: 50 texts of up to 32 positions are 1600 positions.
      const texts = textsOf(
        Array.from({ length: 50 }, (_, i) => 18 + (i % 16)),
        tinyOlmo2.vocabulary,
      );
      const all = await TextScorer.create(backend, model, texts, ranks);
      const some = await TextScorer.create(backend, model, texts.slice(40, 43), ranks);
      const told: number[] = [];
      const whole = await all.score(new Map(), { ...quiet, onProgress: (done) => told.push(done) });
      const part = await some.score(new Map(), quiet);
      const [from, to] = [whole.starts[40]!, whole.starts[43]!];
      expect([...part.top]).toEqual([...whole.top.subarray(from * ranks, to * ranks)]);
      // In runs of one size.
      expect(told).toEqual([25, 50]);
      await all.release();
      await some.release();
      model.release();
    });

    it("of weights that overflow are an error, not numbers", async () => {
      const backend = await open();
      const model = modelOn(backend, wideHeadedOlmo2);
      const { id, outputs, inputs } = model.summary.linears.find(({ role }) => role === "down")!;
      const broken = backend.upload(float32([outputs, inputs], new Float32Array(outputs * inputs).fill(NaN)));
      const scorer = await TextScorer.create(backend, model, textsOf([17, 2, 9, 3], 11), ranks);
      await expect(scorer.score(new Map([[id, broken]]), quiet)).rejects.toThrow("logits are not finite");
      broken.release();
      await scorer.release();
      model.release();
    });
  });
}
