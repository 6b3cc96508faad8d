import type { OwnText } from "../../engine/api";
import type { DataTable } from "../plots/chart";
import { sourceName } from "./source-name";
import type { SourceNumbers } from "./source-row";

/** Factors of several texts as one table; what is not known is empty. */
export function sourceTable(rows: readonly SourceNumbers[], texts: readonly OwnText[]): DataTable {
  return {
    columns: [
      "text",
      "tokens",
      "trace of A",
      "trace of G",
      "pairs kept",
      "pairs in all",
      "strict",
      "nDCG@10",
    ],
    rows: rows.map(({ source, tokens, traceA, traceG, edit }) => [
      sourceName(source, texts),
      tokens,
      traceA ?? null,
      traceG ?? null,
      edit?.kept?.kept ?? null,
      edit?.kept?.total ?? null,
      edit?.strict ?? null,
      edit?.ndcg ?? null,
    ]),
  };
}
