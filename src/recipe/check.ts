/** Checks of untrusted JSON: each returns the value with its type, or notes what is wrong and where. */

export interface Fault {
  /** Where, e.g. `factors.images`; empty for the whole. */
  readonly path: string;
  /** What was expected and what came, for a person to read. */
  readonly message: string;
}

/** Returns undefined exactly if it added a fault. */
export type Check<T> = (value: unknown, path: string, faults: Fault[]) => T | undefined;

/** A fault as one line. */
export function faultText(fault: Fault): string {
  return fault.path === "" ? fault.message : `${fault.path}: ${fault.message}`;
}

/** The value as it would be typed, shortened, for messages. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const text = typeof value === "function" || typeof value === "symbol" ? typeof value : jsonText(value);
  return text.length > 48 ? `${text.slice(0, 45)}…` : text;
}

/** Cyclic values and big integers have no JSON. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return typeof value;
  }
}

/** Adds the fault; its value is that of a check that failed. */
function expected(what: string, value: unknown, path: string, faults: Fault[]): undefined {
  faults.push({ path, message: `expected ${what}, got ${shown(value)}` });
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function number(minimum: number, maximum: number): Check<number> {
  const what = `a number from ${String(minimum)} to ${String(maximum)}`;
  return (value, path, faults) =>
    typeof value === "number" && value >= minimum && value <= maximum
      ? value
      : expected(what, value, path, faults);
}

export function integer(minimum: number, maximum: number): Check<number> {
  const what = `a whole number from ${String(minimum)} to ${String(maximum)}`;
  return (value, path, faults) =>
    Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum
      ? Number(value)
      : expected(what, value, path, faults);
}

export const boolean: Check<boolean> = (value, path, faults) =>
  typeof value === "boolean" ? value : expected("true or false", value, path, faults);

export function text(pattern: RegExp, what: string, maximumLength = 200): Check<string> {
  return (value, path, faults) =>
    typeof value === "string" && value.length <= maximumLength && pattern.test(value)
      ? value
      : expected(`${what} of at most ${String(maximumLength)} characters`, value, path, faults);
}

export function oneOf<const T extends string | number>(...choices: readonly T[]): Check<T> {
  const what = choices.length === 1 ? shown(choices[0]) : `one of ${choices.map(shown).join(", ")}`;
  return (value, path, faults) =>
    choices.find((choice) => choice === value) ?? expected(what, value, path, faults);
}

/** A list of entries that each pass a check. */
export function list<T>(check: Check<T>, minimum: number, maximum: number): Check<readonly T[]> {
  const what = `a list of ${String(minimum)} to ${String(maximum)} entries`;
  return (value, path, faults) => {
    if (!Array.isArray(value) || value.length < minimum || value.length > maximum) {
      expected(what, value, path, faults);
      return undefined;
    }
    const entries: T[] = [];
    for (const [index, entry] of value.entries()) {
      const checked = check(entry, `${path}[${String(index)}]`, faults);
      if (checked !== undefined) entries.push(checked);
    }
    return entries.length === value.length ? entries : undefined;
  };
}

/** A list of texts of which none comes twice. */
export function distinct<T extends string>(check: Check<readonly T[]>): Check<readonly T[]> {
  return (value, path, faults) => {
    const entries = check(value, path, faults);
    const index = entries?.findIndex((entry, i) => entries.indexOf(entry) < i) ?? -1;
    if (entries === undefined || index < 0) return entries;
    faults.push({ path: `${path}[${String(index)}]`, message: `${shown(entries[index])} is given twice` });
    return undefined;
  };
}

/** An object whose keys and values each pass a check; the result has the keys in the order they came. */
export function dictionary<T>(key: Check<string>, check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value, path, faults) => {
    if (!isRecord(value)) {
      expected("an object", value, path, faults);
      return undefined;
    }
    const before = faults.length;
    const entries = Object.entries(value).map(([name, entry]) => {
      key(name, path, faults);
      return [name, check(entry, `${path}.${name}`, faults)] as const;
    });
    return faults.length === before ? (Object.fromEntries(entries) as Record<string, T>) : undefined;
  };
}

/** An object with exactly these keys; unknown and missing ones are named. Only keys in `optional` may be missing. */
export function record<T extends object>(
  checks: { readonly [K in keyof T]-?: Check<Exclude<T[K], undefined>> },
  optional: readonly (keyof T)[] = [],
): Check<T> {
  const entries = Object.entries<Check<unknown>>(checks);
  const known = new Set(entries.map(([key]) => key));
  const mayMiss = new Set<PropertyKey>(optional);
  return (value, path, faults) => {
    if (!isRecord(value)) {
      expected("an object", value, path, faults);
      return undefined;
    }
    const before = faults.length;
    const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
    for (const key of Object.keys(value)) {
      if (!known.has(key))
        faults.push({ path: at(key), message: `unknown; known here: ${[...known].join(", ")}` });
    }
    const checked: Record<string, unknown> = {};
    for (const [key, check] of entries) {
      if (Object.hasOwn(value, key)) checked[key] = check(value[key], at(key), faults);
      else if (!mayMiss.has(key)) faults.push({ path: at(key), message: "missing" });
    }
    return faults.length === before ? (checked as T) : undefined;
  };
}

/** A union told apart by the string under `tag`. */
export function tagged<T extends object>(
  tag: string,
  variants: Readonly<Record<string, Check<T>>>,
): Check<T> {
  const names = Object.keys(variants);
  return (value, path, faults) => {
    if (!isRecord(value)) {
      expected("an object", value, path, faults);
      return undefined;
    }
    const name = value[tag];
    const variant = typeof name === "string" && Object.hasOwn(variants, name) ? variants[name] : undefined;
    if (variant !== undefined) return variant(value, path, faults);
    expected(`one of ${names.join(", ")}`, name, path === "" ? tag : `${path}.${tag}`, faults);
    return undefined;
  };
}
