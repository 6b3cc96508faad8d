import type { Failure, GenerationEvent, GenerationRequest, TokenLosses } from "../../engine/api";
import type { EditSpec } from "../../stages/edit/types";
import { everyPassage, type PassageFilter } from "../texts/passage-list";

/** What a person does with texts: which passages are listed, what a prompt became, what every token costs. */
export interface TextsState {
  readonly filter: PassageFilter;
  readonly prompt: string;
  readonly settings: BenchSettings;
  readonly bench: BenchRun;
  readonly losses: LossRun;
}

export interface BenchSettings {
  readonly greedy: boolean;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topK: number;
  /** Share 0..1. */
  readonly topP: number;
  readonly seed: number;
}

export interface BenchRun {
  readonly status: "idle" | "running" | "finished" | "cancelled" | "failed";
  readonly prompt: string;
  readonly streams: readonly Stream[];
  readonly failure: Failure | undefined;
}

/** What one edit makes of a prompt. */
export interface Stream {
  readonly edit: EditSpec;
  readonly tokens: readonly string[];
  /** Undefined until it has ended. */
  readonly milliseconds: number | undefined;
}

export interface LossRun {
  readonly status: "idle" | "running" | "finished" | "failed";
  /** The text asked for, or the one shown. */
  readonly text: string;
  /** Characters of the text before the part that is to be recited; 0 of an own text. */
  readonly prefixLength: number;
  readonly edits: readonly EditSpec[];
  readonly result: TokenLosses | undefined;
  readonly failure: Failure | undefined;
}

export const initialTexts: TextsState = {
  filter: everyPassage,
  prompt: "The capital of Norland is",
  settings: { greedy: true, maxTokens: 48, temperature: 0.8, topK: 50, topP: 1, seed: 1 },
  bench: { status: "idle", prompt: "", streams: [], failure: undefined },
  losses: {
    status: "idle",
    text: "",
    prefixLength: 0,
    edits: [],
    result: undefined,
    failure: undefined,
  },
};

/** The person's choices, without what a model made of them. */
export function withoutRuns(texts: TextsState): TextsState {
  return { ...texts, bench: initialTexts.bench, losses: initialTexts.losses };
}

export function samplingOf(settings: BenchSettings): GenerationRequest["sampling"] {
  const { greedy, temperature, topK, topP, seed } = settings;
  return greedy ? { kind: "greedy" } : { kind: "random", temperature, topK, topP, seed };
}

/** What is wrong with a prompt before any model has seen it. */
export function promptFault(prompt: string): Failure | undefined {
  if (prompt.trim() !== "") return undefined;
  return {
    stage: undefined,
    message: "The prompt is empty.",
    remedy: "Type a few words, or take one of the examples.",
    cancelled: false,
  };
}

export function benchStarted(prompt: string, edits: readonly EditSpec[]): BenchRun {
  const streams = edits.map((edit) => ({ edit, tokens: [], milliseconds: undefined }));
  return { status: "running", prompt, streams, failure: undefined };
}

/** The bench after one more event. */
export function benchAfter(bench: BenchRun, event: GenerationEvent): BenchRun {
  if (event.kind === "failed") return bench;
  const streams = bench.streams.map((stream, place) => {
    if (place !== event.edit) return stream;
    return event.kind === "token"
      ? { ...stream, tokens: [...stream.tokens, event.text] }
      : { ...stream, milliseconds: event.milliseconds };
  });
  return { ...bench, streams };
}

/** What has been written stays, however it ended. */
export function benchEnded(bench: BenchRun, failure: Failure | undefined): BenchRun {
  if (failure === undefined) return { ...bench, status: "finished" };
  return failure.cancelled ? { ...bench, status: "cancelled" } : { ...bench, status: "failed", failure };
}

/** Number of the first token that starts at or after a character of the text; the number of tokens if none does. */
export function tokenAtCharacter(tokens: readonly string[], character: number): number {
  let start = 0;
  const place = tokens.findIndex((token) => {
    const found = start >= character;
    start += token.length;
    return found;
  });
  return place < 0 ? tokens.length : place;
}
