/** A `config.json` that the lab cannot use; the message names the field, its value and the way out. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as messages quote it. */
export function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}

/** A whole number from `low` to `high`; `fallback` stands for a field that is missing or null. */
export function readInteger(
  config: Json,
  field: string,
  low: number,
  high: number,
  fallback?: number,
): number {
  const value = config[field] ?? fallback;
  if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= high) return value;
  throw new ConfigError(
    `config.json: ${field} is ${shown(config[field])}; expected a whole number from ${low} to ${high}`,
  );
}
