/** What a field for a number takes. */
export interface NumberLimits {
  readonly minimum: number;
  readonly maximum: number;
  /** Only multiples of this from 0 up: 1 for whole numbers. Without it any number. */
  readonly multipleOf?: number;
  /** An empty field is an answer too. */
  readonly optional?: boolean;
}

/** The number that a text names, or undefined where the field does not take it. */
export function numberWithin(text: string, limits: NumberLimits): number | undefined {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return undefined;
  if (value < limits.minimum || value > limits.maximum) return undefined;
  return limits.multipleOf === undefined || Number.isInteger(value / limits.multipleOf) ? value : undefined;
}

/** Says what a field takes, where a text is nothing of it. */
export function numberFault(text: string, limits: NumberLimits): string | undefined {
  if (numberWithin(text, limits) !== undefined) return undefined;
  if (limits.optional === true && text.trim() === "") return undefined;
  const range = `from ${limits.minimum.toLocaleString("en")} to ${limits.maximum.toLocaleString("en")}`;
  const none = limits.optional === true ? ", or nothing" : "";
  return `Takes ${kind(limits.multipleOf)} ${range}${none}.`;
}

function kind(multipleOf: number | undefined): string {
  if (multipleOf === undefined) return "a number";
  return multipleOf === 1 ? "a whole number" : `a multiple of ${String(multipleOf)}`;
}
