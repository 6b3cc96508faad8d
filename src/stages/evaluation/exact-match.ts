import type { Fact } from "../data/types";

/** Share of facts of each kind that are answered exactly; NaN of a kind that was not asked. */
export function exactMatch(
  facts: readonly Pick<Fact, "kind">[],
  exact: readonly boolean[],
): Readonly<Record<Fact["kind"], number>> {
  if (facts.length !== exact.length) {
    throw new RangeError(`exactMatch: expected ${facts.length} answers, got ${exact.length}`);
  }
  const share = (kind: Fact["kind"]): number => {
    const asked = exact.filter((_, i) => facts[i]?.kind === kind);
    return asked.filter((right) => right).length / asked.length;
  };
  return { capital: share("capital"), export: share("export"), month: share("month"), sum: share("sum") };
}
