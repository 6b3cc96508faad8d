/** One token of a comparison: as in the expected text, in the place of another, too much, or left out. */
export type TokenMark =
  | { readonly kind: "same" | "added" | "missing"; readonly text: string }
  | { readonly kind: "replaced"; readonly text: string; readonly instead: string };

/**
 * How a written text differs from the expected one, by fewest insertions, deletions and replacements: the marks other
 * than `same` are as many as the Levenshtein distance. Of equally short ways the one that keeps tokens in step.
 */
export function tokenDiff(expected: readonly string[], written: readonly string[]): TokenMark[] {
  const distances = distanceTable(expected, written);
  const at = (i: number, j: number): number => distances[i]?.[j] ?? Infinity;
  const marks: TokenMark[] = [];
  let i = expected.length;
  let j = written.length;
  while (i > 0 || j > 0) {
    const wanted = expected[i - 1];
    const text = written[j - 1];
    const same = wanted === text;
    if (wanted !== undefined && text !== undefined && at(i, j) === at(i - 1, j - 1) + (same ? 0 : 1)) {
      marks.push(same ? { kind: "same", text } : { kind: "replaced", text, instead: wanted });
      i--;
      j--;
    } else if (text !== undefined && at(i, j) === at(i, j - 1) + 1) {
      marks.push({ kind: "added", text });
      j--;
    } else {
      marks.push({ kind: "missing", text: wanted ?? "" });
      i--;
    }
  }
  return marks.reverse();
}

/** Entry [i][j]: distance of the first i expected tokens to the first j written ones. */
function distanceTable(expected: readonly string[], written: readonly string[]): readonly number[][] {
  const table = [Array.from({ length: written.length + 1 }, (_, j) => j)];
  for (const [i, token] of expected.entries()) {
    const above = table[i] ?? [];
    const row = [i + 1];
    for (const [j, other] of written.entries()) {
      const replaced = (above[j] ?? 0) + (token === other ? 0 : 1);
      row.push(Math.min(replaced, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    table.push(row);
  }
  return table;
}

/** `3 tokens differ: 2 replaced, 1 left out.`, for people who cannot see the marks. */
export function diffText(marks: readonly TokenMark[]): string {
  const count = (kind: TokenMark["kind"]): number => marks.filter((mark) => mark.kind === kind).length;
  const parts = (
    [
      ["replaced", "replaced"],
      ["added", "added"],
      ["missing", "left out"],
    ] as const
  ).flatMap(([kind, word]) => (count(kind) > 0 ? [`${String(count(kind))} ${word}`] : []));
  if (parts.length === 0) return "No token differs.";
  const total = marks.length - count("same");
  return `${String(total)} ${total === 1 ? "token differs" : "tokens differ"}: ${parts.join(", ")}.`;
}
