import { expect, test } from "vitest";
import { countPlaywright, countVitest, failuresOfVitest, judgeSuite } from "../../src/cli/test-report.mjs";

const passing = { status: "passed", assertionResults: [{ status: "passed" }] };
const failing = { status: "failed", assertionResults: [{ status: "failed" }] };
const unloadable = { status: "failed", assertionResults: [] };

function vitestReport(testResults: object[]): string {
  return JSON.stringify({
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults,
  });
}

test("a file with a failing test adds nothing to its tests", () => {
  expect(countVitest(vitestReport([passing, failing]))).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test("a file that does not load is a failure though none of its tests ran", () => {
  expect(countVitest(vitestReport([passing, failing, unloadable]))).toMatchObject({ failed: 2 });
});

test("what failed is named with the head of its message, not with its stack", () => {
  const message = ["AssertionError: expected 1 to be 2", ...Array.from({ length: 30 }, (_, i) => `at ${i}`)];
  const files = [
    { name: "a.test.ts", ...passing },
    {
      name: "b.test.ts",
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "holds", failureMessages: [] },
        { status: "failed", fullName: "breaks", failureMessages: [message.join("\n")] },
      ],
    },
    { name: "c.test.ts", message: "no such module", ...unloadable },
  ];
  const [broken, missing, ...others] = failuresOfVitest(vitestReport(files));
  expect(broken).toMatch(/^b\.test\.ts › breaks\n {4}AssertionError: expected 1 to be 2\n/);
  expect(broken).not.toContain("at 20");
  expect(missing).toBe("c.test.ts\n    no such module");
  expect(others).toEqual([]);
});

test("a browser test that passed when repeated has passed, an error outside of tests is a failure", () => {
  const stats = { expected: 3, flaky: 1, unexpected: 2, skipped: 1 };
  const report = JSON.stringify({ stats, errors: [{ message: "no server" }] });
  expect(countPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 1 });
});

test("a suite that passed stays as it is", () => {
  expect(judgeSuite({ passed: 4, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 4, failed: 0, skipped: 1 });
});

test.each([
  ["ends in error though all tests passed", { passed: 4, failed: 0, skipped: 0 }, 1],
  ["ran no tests", { passed: 0, failed: 0, skipped: 7 }, 0],
  ["left no report", undefined, 0],
])("a suite that %s is one failure", (_, count, status) => {
  expect(judgeSuite(count, status).failed).toBe(1);
});
