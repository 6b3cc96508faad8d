import { expect, it } from "vitest";
import { createNodeBackend } from "../../../src/runtime/node";
import { Decoder } from "../../../src/stages/evaluation/decoder";
import { olmo2Model } from "../../../src/stages/model/olmo2-model";
import { tinyOlmo2 } from "../../support/tiny-olmo2";
import { byGraph, byOwnKernels, decoderClaims } from "./decoder-claims";

const backend = createNodeBackend();
decoderClaims(() => Promise.resolve(backend), [byGraph, byOwnKernels]);

it("refuses prompts that the model cannot read", async () => {
  const config = tinyOlmo2;
  const model = olmo2Model({
    title: "",
    config,
    configJson: {},
    parameters: new Map(),
    tokenizer: undefined,
    training: undefined,
  });
  const decoder = new Decoder(backend, model);
  const refused = (prompts: number[][], maxTokens = 4) =>
    expect(
      decoder.generate({
        prompts,
        maxTokens,
        sampling: { kind: "greedy" },
        signal: new AbortController().signal,
      }),
    ).rejects;
  await refused([[1], []]).toThrow("a prompt has no tokens");
  await refused([[1, 37]]).toThrow("37 is no token of the 37 the model knows");
  await refused([[1.5]]).toThrow("1.5 is no token");
  await refused([new Array<number>(61).fill(1)]).toThrow(
    "a prompt of 61 tokens and 4 more exceed the 64 the model was made for",
  );
  await refused([[1]], -1).toThrow("maxTokens is -1");
});
