import { describe, expect, it } from "vitest";
import type { Backend } from "../../../src/runtime/backend";
import { hostFloats, type DeviceTensor } from "../../../src/runtime/device-tensor";
import { Decoder, type Generation } from "../../../src/stages/evaluation/decoder";
import { chooseToken, type Sampling } from "../../../src/stages/evaluation/sample-token";
import type { Olmo2Config } from "../../../src/stages/model/olmo2-config";
import { olmo2Model } from "../../../src/stages/model/olmo2-model";
import type { LanguageModel, LinearId } from "../../../src/stages/model/types";
import { float32, int64 } from "../../../src/tensor/host-tensor";
import { RandomStream, streamKey, uniformAt } from "../../../src/tensor/random";
import { olmo2Weights, tinyOlmo2, wideHeadedOlmo2 } from "../../support/tiny-olmo2";

const signal = new AbortController().signal;
const greedy: Sampling = { kind: "greedy" };
const random: Sampling = { kind: "random", temperature: 1.3, topK: 20, topP: 0.95, seed: 6 };
const grouped: Olmo2Config = { ...wideHeadedOlmo2, vocabulary: 37, contextLength: 256 };

function modelOn(backend: Backend, config: Olmo2Config): LanguageModel {
  const weights = olmo2Weights(config, 8);
  const parameters = new Map([...weights].map(([name, tensor]) => [name, backend.upload(tensor)]));
  return olmo2Model({
    title: "",
    config,
    configJson: {},
    parameters,
    tokenizer: undefined,
    training: undefined,
  });
}

/** Prompts of 1 to `longest` tokens. */
function promptsOf(count: number, longest: number, vocabulary: number): number[][] {
  const stream = new RandomStream(9);
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: 1 + ((7 * i) % longest) }, () => stream.integer(vocabulary)),
  );
}

/**
 * The token that reading whole texts without a cache chooses at every place of these continuations. A continuation that
 * equals its own is, token after token, what decoding without a cache gives.
 */
async function withoutCache(
  backend: Backend,
  model: LanguageModel,
  { prompts, sampling }: Pick<Generation, "prompts" | "sampling">,
  continuations: readonly (readonly number[])[],
): Promise<number[][]> {
  const { vocabulary } = model.summary;
  const texts = prompts.map((prompt, i) => [...prompt, ...continuations[i]!]);
  const length = Math.max(...texts.map((text) => text.length));
  const session = await backend.compile(model.forward(texts.length, length), "host");
  const ids = texts.flatMap((text) => [...text, ...new Array<number>(length - text.length).fill(0)]);
  const input_ids = backend.upload(int64([texts.length * length, 1], ids));
  const { logits } = await session.run({ ...Object.fromEntries(model.parameters), input_ids });
  const values = hostFloats(logits!);
  const seed = sampling.kind === "random" ? sampling.seed : 0;
  const chosen = continuations.map((tokens, i) =>
    tokens.map((_, count) => {
      const at = (i * length + prompts[i]!.length + count - 1) * vocabulary;
      const uniform = uniformAt(streamKey(seed, i), count);
      return chooseToken(values.subarray(at, at + vocabulary), sampling, uniform);
    }),
  );
  input_ids.release();
  await session.release();
  return chosen;
}

/** How the next token is read, for how many texts at most by the lab's own kernels, and the graphs that are compiled. */
type Way = readonly [name: string, mostRows: number, graphs: number];
export const byGraph: Way = ["by a graph", 0, 2];
export const byOwnKernels: Way = ["by the lab's own kernels", Infinity, 1];

/** What must hold of decoding on every backend, by each way in which it reads the next token. */
export function decoderClaims(opened: () => Promise<Backend>, ways: readonly Way[]): void {
  describe.each(ways)("decoding with a cache, %s", { timeout: 400_000 }, (_, mostRows, graphs) => {
    const open = async (): Promise<Backend> => {
      const backend = await opened();
      return { ...backend, rowPrograms: { ...backend.rowPrograms, mostRows } };
    };

    it.each<[string, Olmo2Config, Sampling, readonly number[][]]>([
      ["the most likely tokens, keys in groups", grouped, greedy, promptsOf(11, 23, 37)],
      ["drawn tokens, keys in groups", grouped, random, promptsOf(11, 23, 37)],
      ["the most likely tokens, one key head and a tied head", tinyOlmo2, greedy, promptsOf(11, 23, 37)],
      // The first of them has 141 tokens, and 128 are read at once.
      [
        "prompts that are read in two parts",
        { ...grouped, layers: 1 },
        greedy,
        promptsOf(25, 150, 37).slice(20),
      ],
    ])("gives what reading whole texts gives: %s", async (_, config, sampling, prompts) => {
      const backend = await open();
      const model = modelOn(backend, config);
      const decoder = new Decoder(backend, model);
      const wanted = { prompts, maxTokens: 8, sampling };
      const texts = await decoder.generate({ ...wanted, signal });
      expect(new Set(prompts.map(({ length }) => length)).size).toBe(prompts.length);
      expect(texts.map(({ length }) => length)).toEqual(prompts.map(() => 8));
      expect(await withoutCache(backend, model, wanted, texts)).toEqual(texts);
      // Not a constant that any decoder would give: no two continuations are alike, and they take many tokens.
      expect(new Set(texts.map(String)).size).toBe(prompts.length);
      expect(new Set(texts.flat()).size).toBeGreaterThan(config.vocabulary / 3);
      await decoder.release();
      model.release();
    });

    it("does not depend on the texts beside, nor on how many there are", async () => {
      const backend = await open();
      const model = modelOn(backend, grouped);
      const decoder = new Decoder(backend, model);
      const prompts = promptsOf(70, 9, grouped.vocabulary);
      const generate = (count: number) =>
        decoder.generate({ prompts: prompts.slice(0, count), maxTokens: 3, sampling: random, signal });
      const all = await generate(70);
      expect(all.length).toBe(70);
      expect(await generate(3)).toEqual(all.slice(0, 3));
      await decoder.release();
      model.release();
    });

    it("takes other weights at once, without compiling anything anew", async () => {
      const backend = await open();
      let compiled = 0;
      const counting: Backend = {
        ...backend,
        compile: (...args) => {
          compiled++;
          return backend.compile(...args);
        },
      };
      const model = modelOn(backend, grouped);
      const decoder = new Decoder(counting, model);
      const prompts = promptsOf(8, 5, grouped.vocabulary);
      const generate = (replaced: ReadonlyMap<LinearId, DeviceTensor>) =>
        decoder.generate({ prompts, maxTokens: 8, sampling: greedy, replaced, signal });
      const before = await generate(new Map());
      expect(compiled).toBe(graphs);
      const { id, outputs, inputs } = model.summary.linears.find(({ role }) => role === "down")!;
      const zeros = backend.upload(float32([outputs, inputs], new Float32Array(outputs * inputs)));
      const edited = await generate(new Map([[id, zeros]]));
      expect(edited).not.toEqual(before);
      const other = { ...model, parameters: new Map([...model.parameters, [id, zeros]]) };
      expect(await withoutCache(backend, other, { prompts, sampling: greedy }, edited)).toEqual(edited);
      expect(await generate(new Map())).toEqual(before);
      expect(compiled).toBe(graphs);
      zeros.release();
      await decoder.release();
      model.release();
    });

    it("ends a text before a stop token and lets the others go on", async () => {
      const backend = await open();
      const model = modelOn(backend, grouped);
      const decoder = new Decoder(backend, model);
      const wanted = {
        prompts: promptsOf(6, 5, grouped.vocabulary),
        maxTokens: 10,
        sampling: greedy,
        signal,
      };
      const full = await decoder.generate(wanted);
      const stop = [full[2]![3]!, full[4]![0]!];
      const ended = full.map((tokens) => {
        const end = tokens.findIndex((token) => stop.includes(token));
        return end < 0 ? tokens : tokens.slice(0, end);
      });
      expect(new Set(ended.map(({ length }) => length)).size).toBeGreaterThan(1);
      const seen = ended.map((): number[] => []);
      const onToken = (prompt: number, token: number) => seen[prompt]!.push(token);
      expect(await decoder.generate({ ...wanted, stop, onToken })).toEqual(ended);
      expect(seen).toEqual(ended);
      await decoder.release();
      model.release();
    });

    it("stops between two tokens, keeps nothing on the device, and can go on afterwards", async () => {
      const backend = await open();
      const model = modelOn(backend, grouped);
      const decoder = new Decoder(backend, model);
      const wanted = { prompts: promptsOf(4, 5, grouped.vocabulary), maxTokens: 10, sampling: greedy };
      const full = await decoder.generate({ ...wanted, signal });
      const held = backend.deviceBytes();
      const controller = new AbortController();
      let tokens = 0;
      const stopped = decoder.generate({
        ...wanted,
        signal: controller.signal,
        onToken: () => {
          if (++tokens === 9) controller.abort(new DOMException("enough", "AbortError"));
        },
      });
      await expect(stopped).rejects.toThrow("enough");
      // The third token of the first text came with those of the others.
      expect(tokens).toBe(12);
      expect(backend.deviceBytes()).toBe(held);
      expect(await decoder.generate({ ...wanted, signal })).toEqual(full);
      await decoder.release();
      model.release();
    });
  });
}
