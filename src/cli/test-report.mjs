/** Reads how many tests passed and failed from the JSON reports of Vitest and Playwright. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{
 *   name: string,
 *   status: string,
 *   message: string,
 *   assertionResults: { status: string, fullName: string, failureMessages: string[] }[],
 * }} VitestFile
 * @typedef {{
 *   numPassedTests: number,
 *   numFailedTests: number,
 *   numPendingTests: number,
 *   numTodoTests: number,
 *   testResults: VitestFile[],
 * }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} PlaywrightReport
 */

/**
 * Of a JSON report of Vitest. A file that fails without a failing test, since it did not load or its set-up threw, counts as one failure.
 * @param {string} json
 * @returns {Count}
 */
export function countVitest(json) {
  const report = /** @type {VitestReport} */ (JSON.parse(json));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Enough of a message to know the fault by; its stack is in the output above. */
const MESSAGE_LINES = 8;

/**
 * What failed in a JSON report of Vitest: file, test and the head of each message. The reports of a suite stand far
 * above the last lines of all, which are often the only ones that are kept.
 * @param {string} json
 * @returns {string[]}
 */
export function failuresOfVitest(json) {
  const report = /** @type {VitestReport} */ (JSON.parse(json));
  /** @type {(title: string, message: string) => string} */
  const told = (title, message) =>
    [title, ...message.split("\n").slice(0, MESSAGE_LINES)].join("\n    ").trimEnd();
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0) return status === "failed" ? [told(name, message)] : [];
    return failed.map((test) => told(`${name} › ${test.fullName}`, test.failureMessages.join("\n")));
  });
}

/**
 * Of a JSON report of Playwright. A test that passed only when repeated is `flaky` and has passed.
 * @param {string} json
 * @returns {Count}
 */
export function countPlaywright(json) {
  const { stats, errors } = /** @type {PlaywrightReport} */ (JSON.parse(json));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * What a suite's count and exit status say together: a suite that failed outside its tests, or ran none, is one
 * failure, never a silent success.
 * @param {Count | undefined} count undefined where no report was written
 * @param {number} status
 * @returns {Count}
 */
export function judgeSuite(count, status) {
  const { passed, failed, skipped } = count ?? { passed: 0, failed: 0, skipped: 0 };
  const unexplained = failed === 0 && (status !== 0 || passed === 0);
  return { passed, failed: unexplained ? 1 : failed, skipped };
}
