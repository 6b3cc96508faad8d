import { describe, expect, it } from "vitest";
import {
  benchAfter,
  benchEnded,
  benchStarted,
  initialTexts,
  promptFault,
  samplingOf,
  tokenAtCharacter,
  withoutRuns,
} from "../../../src/app/state/texts-slice";
import type { GenerationEvent } from "../../../src/engine/api";
import type { EditSpec } from "../../../src/stages/edit/types";

const none: EditSpec = { method: "none" };
const svd: EditSpec = { method: "svd", linears: ["a.weight"], keep: 0.2 };
const events: GenerationEvent[] = [
  { kind: "token", edit: 0, text: " Vesk" },
  { kind: "token", edit: 0, text: "." },
  { kind: "ended", edit: 0, milliseconds: 12 },
  { kind: "token", edit: 1, text: " Alder" },
];
const written = events.reduce(benchAfter, benchStarted("The capital is", [none, svd]));

describe("the prompt bench", () => {
  it("collects the tokens of every edit apart", () => {
    expect(written.streams.map(({ tokens }) => tokens)).toEqual([[" Vesk", "."], [" Alder"]]);
    expect(written.streams.map(({ milliseconds }) => milliseconds)).toEqual([12, undefined]);
  });

  it("keeps what was written when it is stopped or fails", () => {
    const failure = { stage: undefined, message: "Stopped.", remedy: "", cancelled: true };
    const stopped = benchEnded(written, failure);
    expect(stopped).toMatchObject({ status: "cancelled", failure: undefined, streams: written.streams });
    const failed = benchEnded(written, { ...failure, cancelled: false });
    expect(failed).toMatchObject({ status: "failed", failure: { message: "Stopped." } });
    expect(failed.streams).toBe(written.streams);
  });

  it("forgets what another model wrote, and not what the person chose", () => {
    const texts = { ...initialTexts, prompt: "Two plus two is", bench: written };
    expect(withoutRuns(texts)).toEqual({ ...initialTexts, prompt: "Two plus two is" });
  });

  it("names an empty prompt and says the way out", () => {
    expect(promptFault(" \n ")).toMatchObject({ message: "The prompt is empty." });
    expect(promptFault("a")).toBeUndefined();
  });

  it("asks for no chance and no seed when it is greedy", () => {
    const { settings } = initialTexts;
    expect(samplingOf({ ...settings, greedy: true })).toEqual({ kind: "greedy" });
    expect(samplingOf({ ...settings, greedy: false, temperature: 0.7, topK: 5, topP: 0.9, seed: 3 })).toEqual(
      {
        kind: "random",
        temperature: 0.7,
        topK: 5,
        topP: 0.9,
        seed: 3,
      },
    );
  });
});

describe("tokenAtCharacter", () => {
  it("finds the token that starts there, or the first one after", () => {
    const tokens = ["The", " red", " mill"];
    expect([0, 1, 3, 5, 7, 8].map((character) => tokenAtCharacter(tokens, character))).toEqual([
      0, 1, 1, 2, 2, 3,
    ]);
  });
});
