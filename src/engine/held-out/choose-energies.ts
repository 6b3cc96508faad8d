import type { LinearId } from "../../stages/model/types";

/** Energies of an edit, linear by linear; 1 leaves a linear as it is. */
export type Energies = Readonly<Record<LinearId, number>>;

/** What energies do: how much is still memorized, above 0, and how much ability is left. */
export interface Effect {
  readonly memory: number;
  readonly ability: number;
}

export interface EnergySearch {
  readonly linears: readonly LinearId[];
  /** Least ability that a choice may leave. */
  readonly floor: number;
  /** Energies that are tried, descending from 1. */
  readonly levels: readonly number[];
  /** How many levels an energy moves at once, the widest moves first. */
  readonly moves: readonly number[];
  /** Rounds at each width at the most. */
  readonly rounds: number;
}

export interface ChosenEnergies {
  readonly energies: Energies;
  readonly effect: Effect;
  /** Energies whose effect was measured. */
  readonly tried: number;
}

/** A linear that goes to another level, and what that alone changes. */
interface Move {
  readonly linear: LinearId;
  readonly level: number;
  /** Change of log memory and of ability. */
  readonly memory: number;
  readonly ability: number;
}

type Levels = ReadonlyMap<LinearId, number>;

/** How often moves are made together before a single one is, and how much ability each attempt takes less. */
const attempts = 4;
const leastShortening = 5e-4;

/**
 * Chooses energies that leave least of a memory at an ability of at least the floor. It begins with one energy for all,
 * the lowest that keeps the floor. In each round every linear alone goes up and down a level; then those moves are made
 * together that promise most, as if their effects added up, and the round counts if what is measured is better.
 * @throws RangeError if not even energy 1 keeps the floor.
 */
export async function chooseEnergies(
  search: EnergySearch,
  measure: (energies: Energies) => Promise<Effect>,
): Promise<ChosenEnergies> {
  const { linears, floor, levels } = search;
  const known = new Map<string, Effect>();
  const effectOf = async (at: Levels): Promise<Effect> => {
    const key = [...at.values()].join();
    const before = known.get(key);
    if (before) return before;
    const effect = await measure(energiesOf(at, levels));
    known.set(key, effect);
    return effect;
  };
  const evenly = (level: number): Levels => new Map(linears.map((linear) => [linear, level]));

  let at: Levels | undefined;
  for (let level = 0; level < levels.length; level++) {
    if ((await effectOf(evenly(level))).ability < floor) break;
    at = evenly(level);
  }
  if (!at) throw new RangeError(`chooseEnergies: the floor of ${floor} is above what the model has unedited`);

  for (const width of search.moves) {
    for (let round = 0; round < search.rounds; round++) {
      const next = await step(at, width, search, effectOf);
      if (!next) break;
      at = next;
    }
  }
  return { energies: energiesOf(at, levels), effect: await effectOf(at), tried: known.size };
}

function energiesOf(at: Levels, levels: readonly number[]): Energies {
  return Object.fromEntries([...at].map(([linear, level]) => [linear, levels[level] ?? 1]));
}

/** A better place within moves of this width: of all moves that promise most together, else of the best single one. */
async function step(
  at: Levels,
  width: number,
  { floor, levels }: EnergySearch,
  effectOf: (at: Levels) => Promise<Effect>,
): Promise<Levels | undefined> {
  const here = await effectOf(at);
  const isBetter = ({ memory, ability }: Effect): boolean => ability >= floor && memory < here.memory;
  const moves: Move[] = [];
  for (const [linear, level] of at) {
    for (const to of [level - width, level + width]) {
      if (to < 0 || to >= levels.length) continue;
      const effect = await effectOf(new Map(at).set(linear, to));
      const memory = Math.log(effect.memory / here.memory);
      moves.push({ linear, level: to, memory, ability: effect.ability - here.ability });
    }
  }
  const after = (made: readonly Move[]): Levels =>
    new Map([...at, ...made.map(({ linear, level }) => [linear, level] as const)]);
  const single = moves
    .filter(({ ability, memory }) => here.ability + ability >= floor && memory < 0)
    .toSorted((a, b) => a.memory - b.memory)[0];
  let spare = here.ability - floor;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const made = bestMoves(moves, spare);
    if (made.length < 2) break;
    const effect = await effectOf(after(made));
    const beatsSingle = effect.memory < here.memory * Math.exp(single?.memory ?? 0);
    if (isBetter(effect) && beatsSingle) return after(made);
    // Less is promised next time: by what was missing, and a little more.
    spare = Math.min(spare, spare + effect.ability - floor) - leastShortening;
  }
  return single && after([single]);
}

/** Moves of several linears, and what they change together. */
interface Moves {
  readonly made: readonly Move[];
  readonly memory: number;
  readonly ability: number;
}

/** At most one move of each linear: those that lower log memory most while they take no more ability than is to spare. */
export function bestMoves(moves: readonly Move[], spare: number): readonly Move[] {
  let front: readonly Moves[] = [{ made: [], memory: 0, ability: 0 }];
  for (const linear of new Set(moves.map((move) => move.linear))) {
    const choices = moves.filter((move) => move.linear === linear);
    const longer = front.flatMap(({ made, memory, ability }) =>
      choices.map((move): Moves => ({
        made: [...made, move],
        memory: memory + move.memory,
        ability: ability + move.ability,
      })),
    );
    front = unbeaten([...front, ...longer]);
  }
  const allowed = front.filter(({ memory, ability }) => memory < 0 && ability + spare >= 0);
  return allowed.toSorted((a, b) => a.memory - b.memory)[0]?.made ?? [];
}

/** Those of which no other leaves less memory and more ability: by memory, each with more ability than all before it. */
function unbeaten(all: readonly Moves[]): readonly Moves[] {
  let most = -Infinity;
  return all
    .toSorted((a, b) => a.memory - b.memory || b.ability - a.ability)
    .filter(({ ability }) => {
      if (ability <= most) return false;
      most = ability;
      return true;
    });
}
