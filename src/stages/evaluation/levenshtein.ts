/** Fewest insertions, deletions and replacements of tokens, each of cost 1, that turn one text into the other. */
export function levenshtein(first: readonly number[], second: readonly number[]): number {
  // Row i of the table: distances of the first i tokens of `first` to every beginning of `second`.
  let above = Array.from({ length: second.length + 1 }, (_, j) => j);
  for (const [i, token] of first.entries()) {
    const row = [i + 1];
    for (const [j, other] of second.entries()) {
      const replaced = (above[j] ?? 0) + (token === other ? 0 : 1);
      row.push(Math.min(replaced, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    above = row;
  }
  return above[second.length] ?? 0;
}
