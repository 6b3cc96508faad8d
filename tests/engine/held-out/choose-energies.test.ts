import { describe, expect, it } from "vitest";
import {
  bestMoves,
  chooseEnergies,
  type Effect,
  type Energies,
} from "../../../src/engine/held-out/choose-energies";
import { RandomStream } from "../../../src/tensor/random";

const linears = ["a", "b", "c", "d"];
const levels = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];

/** Random effects: each linear's cut takes memory and ability, the more the steeper, and cuts of two linears interfere. */
function landscape(seed: number, interference: number): (energies: Energies) => Effect {
  const random = new RandomStream(seed);
  const gains = linears.map(() => 2 + 10 * random.uniform());
  const costs = linears.map(() => 0.2 + 2 * random.uniform());
  return (energies) => {
    const cuts = linears.map((linear) => 1 - energies[linear]!);
    const both = cuts.reduce((sum, cut, i) => sum + cut * (cuts[i + 1] ?? 0), 0);
    const memory = Math.exp(
      -cuts.reduce((sum, cut, i) => sum + gains[i]! * Math.sqrt(cut), 0) - interference * both,
    );
    const ability = 1 - cuts.reduce((sum, cut, i) => sum + costs[i]! * cut ** 2, 0) - interference * both;
    return { memory, ability };
  };
}

/** Least memory of all combinations of levels that keep the floor. */
function exhaustive(effect: (energies: Energies) => Effect, floor: number): number {
  let least = Infinity;
  for (let code = 0; code < levels.length ** linears.length; code++) {
    const entries = linears.map((linear, i) => [
      linear,
      levels[Math.floor(code / levels.length ** i) % levels.length]!,
    ]);
    const { memory, ability } = effect(Object.fromEntries(entries) as Energies);
    if (ability >= floor) least = Math.min(least, memory);
  }
  return least;
}

describe("a choice of energies", () => {
  it.each([1, 2, 3, 4, 5, 6])(
    "comes near the best of all and keeps the floor, effects of seed %i",
    async (seed) => {
      for (const interference of [0, 0.3]) {
        const effect = landscape(seed, interference);
        const floor = 0.9;
        const search = { linears, floor, levels, moves: [2, 1], rounds: 6 };
        const chosen = await chooseEnergies(search, (energies) => Promise.resolve(effect(energies)));
        expect(chosen.effect).toEqual(effect(chosen.energies));
        expect(chosen.effect.ability).toBeGreaterThanOrEqual(floor);
        const best = Math.log(exhaustive(effect, floor));
        expect(Math.log(chosen.effect.memory) / best).toBeGreaterThan(0.95);
        expect(chosen.tried).toBeLessThan(200);
      }
    },
  );

  it("never ends worse than one energy for all", async () => {
    for (let seed = 10; seed < 30; seed++) {
      const random = new RandomStream(seed);
      const known = new Map<string, Effect>();
      // Noise alone: nothing adds up.
      const noise = (energies: Energies): Promise<Effect> => {
        const key = JSON.stringify(energies);
        const one = known.get(key) ?? {
          memory: random.uniform() + 0.01,
          ability: 0.8 + 0.2 * random.uniform(),
        };
        known.set(key, one);
        return Promise.resolve(one);
      };
      known.set(JSON.stringify(Object.fromEntries(linears.map((linear) => [linear, 1]))), {
        memory: 1,
        ability: 1,
      });
      const { effect } = await chooseEnergies({ linears, floor: 0.9, levels, moves: [1], rounds: 3 }, noise);
      expect(effect.ability).toBeGreaterThanOrEqual(0.9);
      expect(effect.memory).toBeLessThanOrEqual(1);
    }
  });

  it("measures no energies twice, and counts what it measured", async () => {
    const effect = landscape(3, 0.1);
    const asked: string[] = [];
    const { tried } = await chooseEnergies(
      { linears, floor: 0.9, levels, moves: [2, 1], rounds: 4 },
      (energies) => {
        asked.push(JSON.stringify(energies));
        return Promise.resolve(effect(energies));
      },
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(tried).toBe(asked.length);
  });

  it("is refused a floor that the model itself does not keep", async () => {
    const search = { linears, floor: 1.01, levels, moves: [1], rounds: 1 };
    await expect(chooseEnergies(search, () => Promise.resolve({ memory: 1, ability: 1 }))).rejects.toThrow(
      /floor of 1\.01/,
    );
  });
});

describe("moves made together", () => {
  it("take no more ability than there is, one of each linear, and no other set gives more", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = new RandomStream(seed);
      const moves = linears.flatMap((linear) =>
        [-1, 1].map((level) => ({
          linear,
          level,
          memory: level * (random.uniform() - 0.3),
          ability: level * (0.02 * random.uniform() - 0.005),
        })),
      );
      const spare = 0.02 * (random.uniform() - 0.3);
      const made = bestMoves(moves, spare);
      expect(new Set(made.map(({ linear }) => linear)).size).toBe(made.length);
      const sum = (of: typeof moves, key: "memory" | "ability"): number =>
        of.reduce((total, move) => total + move[key], 0);
      const [memory, ability] = [sum([...made], "memory"), sum([...made], "ability")];
      if (made.length > 0) {
        expect(memory).toBeLessThan(0);
        expect(ability).toBeGreaterThanOrEqual(-spare);
      }
      for (let code = 0; code < 3 ** linears.length; code++) {
        const other = linears.flatMap((linear, i) => {
          const choice = Math.floor(code / 3 ** i) % 3;
          return choice === 2 ? [] : [moves.filter((move) => move.linear === linear)[choice]!];
        });
        if (sum(other, "ability") >= -spare)
          expect(sum(other, "memory"), `seed ${seed}`).toBeGreaterThanOrEqual(memory - 1e-12);
      }
    }
  });
});
