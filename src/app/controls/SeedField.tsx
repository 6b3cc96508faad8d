import type { TermName } from "../glossary/glossary";
import { NumberField } from "./NumberField";

/** The seed of random draws: any 32-bit number, and the same one draws the same. */
export function SeedField(props: {
  /** What it draws. */
  readonly term: TermName;
  readonly value: number;
  readonly onChange: (seed: number) => void;
}): React.JSX.Element {
  return <NumberField label="Seed" minimum={0} maximum={2 ** 32 - 1} {...props} />;
}
