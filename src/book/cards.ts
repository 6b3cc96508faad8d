import type { Card } from "./card";
import { controls } from "./cards/controls";
import { figure1 } from "./cards/figure-1";
import { figure2 } from "./cards/figure-2";
import { figure3, figure6 } from "./cards/figure-3";
import { figure4 } from "./cards/figure-4";
import { figure5 } from "./cards/figure-5";
import { rankings } from "./cards/rankings";
import { searches } from "./cards/searches";
import { table1 } from "./cards/table-1";
import { table2, table5 } from "./cards/table-2";
import { table3 } from "./cards/table-3";
import { table4 } from "./cards/table-4";

/** Every figure and table of the paper, in its order: figures, then tables. */
export const paperCards: readonly Card[] = [
  figure1,
  figure2,
  figure3,
  figure4,
  figure5,
  figure6,
  table1,
  table2,
  table3,
  table4,
  table5,
];

/** What the lab computes that the paper does not have. */
export const beyondCards: readonly Card[] = [controls, rankings, searches];

export const cards: readonly Card[] = [...paperCards, ...beyondCards];

export function cardNamed(name: string): Card | undefined {
  return cards.find((card) => card.name === name);
}
