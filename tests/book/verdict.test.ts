import { describe, expect, it } from "vitest";
import type { Check } from "../../src/book/card";
import { verdictOf } from "../../src/book/verdict";
import { imageRun } from "./example-runs";

const check = (left: number | undefined, relation: Check["relation"], right: number | undefined): Check => ({
  claim: "It falls",
  unit: "share",
  left: () => left,
  relation,
  right: () => right,
});
const holds = check(0.1, "below", 0.2);
const fails = check(0.1, "above", 0.2);
const unknown = check(undefined, "below", 0.2);

describe("verdictOf", () => {
  it("is shown only if every claim holds", () => {
    expect(verdictOf({ checks: [holds, holds] }, imageRun)).toMatchObject({
      grade: "shown",
      text: "Shown here: 2 of 2 claims hold",
    });
  });

  it("is partly shown between all and none, also where a claim is not computed", () => {
    expect(verdictOf({ checks: [holds, fails] }, imageRun)).toMatchObject({
      grade: "partly",
      text: "Partly shown here: 1 of 2 claims hold",
    });
    expect(verdictOf({ checks: [holds, unknown] }, imageRun).text).toBe(
      "Partly shown here: 1 of 2 claims hold, 1 not computed",
    );
  });

  it("is not shown if none of the computed claims holds", () => {
    expect(verdictOf({ checks: [fails] }, imageRun)).toMatchObject({
      grade: "not",
      text: "Not shown here: 0 of 1 claim holds",
    });
    expect(verdictOf({ checks: [fails, unknown] }, imageRun).grade).toBe("not");
  });

  it("is open while nothing is computed", () => {
    expect(verdictOf({ checks: [unknown] }, imageRun)).toMatchObject({
      grade: "open",
      text: "Not computed yet",
    });
    expect(verdictOf({ checks: [holds] }, undefined).grade).toBe("open");
    expect(verdictOf({ checks: [check(Number.NaN, "below", 1)] }, imageRun).grade).toBe("open");
  });

  it("gives the numbers that decided, and equal ones are neither below nor above", () => {
    const texts = (one: Check): string | undefined => verdictOf({ checks: [one] }, imageRun).judged[0]?.text;
    expect(texts(holds)).toBe("It falls: holds, 10.0\u00a0% below 20.0\u00a0%");
    expect(texts(fails)).toBe("It falls: does not hold, 10.0\u00a0% not above 20.0\u00a0%");
    expect(texts(check(0.2, "below", 0.2))).toBe(
      "It falls: does not hold, 20.0\u00a0% not below 20.0\u00a0%",
    );
    expect(texts(unknown)).toBe("It falls: not computed");
    expect(texts({ ...holds, margin: 0.15 })).toBe(
      "It falls: does not hold, 10.0\u00a0% not more than 15.0\u00a0points below 20.0\u00a0%",
    );
    expect(texts({ ...holds, margin: 0.05 })).toBe(
      "It falls: holds, 10.0\u00a0% more than 5.0\u00a0points below 20.0\u00a0%",
    );
    // A margin below 0 says how far the other way it may be.
    expect(texts({ ...check(0.21, "below", 0.2), margin: -0.02 })).toBe(
      "It falls: holds, 21.0\u00a0% no more than 2.0\u00a0points above 20.0\u00a0%",
    );
    expect(texts({ ...check(0.17, "above", 0.2), margin: -0.02 })).toBe(
      "It falls: does not hold, 17.0\u00a0% more than 2.0\u00a0points below 20.0\u00a0%",
    );
    // As many decimals as it takes to see which is larger.
    expect(texts({ ...check(1.149, "below", 1.151), unit: "ratio" })).toBe(
      "It falls: holds, 1.149× below 1.151×",
    );
  });
});
