import { describe, expect, it } from "vitest";
import type { EngineEvent } from "../../src/engine/api";
import {
  decodeStoredResults,
  encodeStoredResults,
  type StoredResults,
} from "../../src/engine/stored-results";
import { RandomStream } from "../../src/tensor/random";
import { exampleRecipe } from "../recipe/example";

const random = new RandomStream(5);
const floats = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal() * 10 ** (random.integer(30) - 20));
const linear = "vit.encoder.layer.3.output.dense.weight";
const metrics = {
  clean: 0.9,
  memorized: 0.1,
  groundTruth: 0.7,
  validation: 0.8,
  images: { clean: 500, memorized: 500, validation: 1000 },
};

const events: EngineEvent[] = [
  { kind: "stage-started", stage: "data", cached: false },
  {
    kind: "spectrum",
    spectra: [{ linear, lambda: floats(400), mu: floats(30), sigma: new Float32Array([3, 0.1, 0]) }],
  },
  {
    kind: "edit",
    result: {
      modality: "images",
      position: 1,
      edit: { method: "none" },
      kept: [],
      staircases: { [linear]: new Uint32Array([30, 2, 0]) },
      metrics,
      predictions: { labels: new Uint8Array([1, 9]), confidence: new Float32Array([0.5, 0.99]) },
      milliseconds: 12,
    },
  },
];
const results: StoredResults = {
  version: 1,
  recipe: exampleRecipe,
  events,
  scan: [{ edit: { method: "none" }, metrics }],
  computed: { date: "2026-11-23", device: "test" },
};

describe("stored results", () => {
  it("read back as they were, float32 bit for bit", () => {
    expect(decodeStoredResults(encodeStoredResults(results))).toEqual(results);
  });

  it("keep accuracies of no images as what they are, neither 0 nor null", () => {
    const empty = {
      ...metrics,
      memorized: NaN,
      groundTruth: NaN,
      images: { ...metrics.images, memorized: 0 },
    };
    const edited = events.map((event) =>
      event.kind === "edit" && event.result.modality === "images"
        ? { ...event, result: { ...event.result, metrics: empty } }
        : event,
    );
    const stored = {
      ...results,
      events: edited,
      scan: [{ edit: { method: "none" }, metrics: empty }],
    } as const;
    expect(decodeStoredResults(encodeStoredResults(stored))).toEqual(stored);
  });

  it("are plain JSON lists, short for short numbers", () => {
    expect(encodeStoredResults(results)).toContain('"sigma":[3,0.1,0]');
  });

  const faults: [string, (json: Record<string, unknown>) => void, string][] = [
    ["version", (json) => (json.version = 2), "expected version 1"],
    ["recipe", (json) => (json.recipe = {}), "recipe"],
    ["events", (json) => delete json.events, "missing events"],
    ["kind", (json) => (json.events = [{ kind: "noise" }]), "events[0]: unknown kind noise"],
    ["device", (json) => (json.computed = { date: "x" }), "missing date or device"],
    ["bands", (json) => (json.events = [{ kind: "bands", bands: [] }]), "bands of how many samples?"],
    ["numbers", (json) => (json.events = [{ kind: "spectrum", spectra: [{ lambda: "no" }] }]), "lambda"],
  ];
  it.each(faults)("with a wrong %s are refused by name", (_name, spoil, message) => {
    const json = JSON.parse(encodeStoredResults(results)) as Record<string, unknown>;
    spoil(json);
    expect(() => decodeStoredResults(JSON.stringify(json))).toThrow(message);
  });
});
