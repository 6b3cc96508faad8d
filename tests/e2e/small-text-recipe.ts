/** The language model's run in an address: one small matrix, one planted passage, and what a test changes or adds. */
const small = {
  v: "1",
  model: "shipped/olmo-planted",
  "data.kind": "corpus",
  "data.seed": "23",
  "data.pieces": "1500000",
  "data.plants": "120",
  "data.plantRepeats": "75",
  "data.quotes": "40",
  "data.quoteRepeats": "70",
  "factors.linears": "1.o",
  "factors.windows": "8",
  "factors.tokens": "all",
  "factors.text": "fresh",
  "factors.labels": "sampled",
  "factors.seed": "1",
  "spectrum.bandOrder": "product",
  "spectrum.bandTokens": "all",
  "spectrum.bandNormalized": "false",
  "evaluation.planted": "1",
  "evaluation.freshWindows": "1",
  "view.linear": "1.o",
  "view.edit": "1",
} as const;

/** A recipe that keeps so much energy of the matrix, beside the unedited model. */
export function smallTextRecipe(energy: number, changes: Readonly<Record<string, string>>): string {
  const edits = ["none", `kfac:pairs:${String(energy)}:1.o`].map((edit) => ["edit", edit]);
  return [...Object.entries({ ...small, ...changes }), ...edits].map((pair) => pair.join("=")).join("&");
}
