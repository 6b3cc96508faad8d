/**
 * Two checks that `JSON.parse` does not make: an object may not name a key twice (the last would silently win), and
 * numbers must be plain whole ones, since 1e2, 1.0 and -0 are no sizes in a strict file.
 */
export interface JsonFlaw {
  readonly kind: "duplicate-key" | "number";
  readonly text: string;
}

/** Position after the string literal that opens at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipWhitespace(json: string, start: number): number {
  let at = start;
  while (/\s/.test(json.charAt(at))) at++;
  return at;
}

/** The first flaw in `json`, which must be valid JSON. */
export function findJsonFlaw(json: string): JsonFlaw | undefined {
  /** Keys seen in each open object; undefined stands for an array. */
  const open: (Set<string> | undefined)[] = [];
  const plainToken = /[^\s{}[\],:"]+/y;
  let at = 0;
  while (at < json.length) {
    const character = json[at];
    if (character === '"') {
      const end = endOfString(json, at);
      if (json[skipWhitespace(json, end)] === ":") {
        const key = String(JSON.parse(json.slice(at, end)));
        if (open.at(-1)?.has(key) === true) return { kind: "duplicate-key", text: key };
        open.at(-1)?.add(key);
      }
      at = end;
      continue;
    }
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    plainToken.lastIndex = at;
    const token = plainToken.exec(json)?.[0];
    if (token !== undefined && /^[-\d]/.test(token) && !/^\d+$/.test(token))
      return { kind: "number", text: token };
    at += token?.length ?? 1;
  }
  return undefined;
}
