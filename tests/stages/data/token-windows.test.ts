import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openTokenizer } from "../../../src/stages/data/tokenizer";
import { tokenStream, windows } from "../../../src/stages/data/token-windows";

const tokenizer = openTokenizer(
  readFileSync("public/models/olmo-planted/tokenizer.json", "utf8"),
  readFileSync("public/models/olmo-planted/tokenizer_config.json", "utf8"),
);

describe("tokenStream", () => {
  it("puts the end of text before every document, repeated ones and empty ones too", () => {
    const documents = ["The old lamp.", "", "People in Norland", "The old lamp."];
    const expected = documents.flatMap((text) => [0, ...tokenizer.encode(text)]);
    expect([...tokenStream(documents, tokenizer)]).toEqual(expected);
  });

  it("tells how far it is, up to the last document", () => {
    const told: [number, number][] = [];
    tokenStream(new Array<string>(2500).fill("a"), tokenizer, (done, total) => told.push([done, total]));
    expect(told).toEqual([
      [1000, 2500],
      [2000, 2500],
      [2500, 2500],
    ]);
  });

  it("wants at least one document", () => {
    expect(() => tokenStream([], tokenizer)).toThrow(/at least one document/);
  });
});

describe("windows", () => {
  const stream = Int32Array.from({ length: 10 }, (_, i) => i);

  it("cuts windows a stride apart and leaves out what does not fill one", () => {
    expect(windows(stream, 4, 3).map((window) => [...window])).toEqual([
      [0, 1, 2, 3],
      [3, 4, 5, 6],
      [6, 7, 8, 9],
    ]);
    expect(windows(stream, 4, 4).map((window) => [...window])).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
  });

  it("gives every target once when windows overlap by one token", () => {
    const targets = windows(stream, 4, 3).flatMap((window) => [...window.subarray(1)]);
    expect(targets).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("gives none of a stream that is too short, and one of a stream that just fits", () => {
    expect(windows(stream, 11, 1)).toEqual([]);
    expect(windows(stream, 10, 5)).toHaveLength(1);
  });

  it.each([
    [0, 1],
    [4, 0],
    [2.5, 1],
  ])("refuses length %d and stride %d", (length, stride) => {
    expect(() => windows(stream, length, stride)).toThrow(RangeError);
  });
});
