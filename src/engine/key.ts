/** JSON with sorted keys: equal values give equal texts, whatever order their keys were written in. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Key of an artifact: its own specification and the keys of what it was made from. */
export function artifactKey(stage: string, spec: unknown, ...inputs: readonly string[]): string {
  return stableJson({ stage, spec, inputs });
}
