import type { Backend } from "../runtime/backend";
import type { Subnet } from "../stages/edit/balanced-subnet";
import { SubnetLearner } from "../stages/edit/subnet-learner";
import type { BalancedSubnetSpec, SubnetTraining } from "../stages/edit/types";
import type { StageContext } from "../stages/progress";
import { stableJson } from "./key";
import { Slot } from "./slot";
import type { Study } from "./study";

/** Milliseconds between two tellings of how a mask is being learned. */
const interval = 250;

/**
 * Learned masks of the model and data at hand, by edit: each is learned once. They lie in JavaScript memory; the one
 * whose learning was stopped last keeps its state on the device and goes on from there.
 */
export class Subnets {
  readonly #backend: Backend;
  readonly #learned = new Slot<Map<string, Subnet>>();
  readonly #unfinished = new Slot<SubnetLearner>((learner) => {
    learner.release();
  });

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** `source` is the key of model and data. */
  get(source: string, edit: BalancedSubnetSpec): Subnet | undefined {
    return this.#learned.get(source)?.get(stableJson(edit));
  }

  async learn(
    source: string,
    study: Study,
    edit: BalancedSubnetSpec,
    context: StageContext,
    onTraining: (training: SubnetTraining) => void,
  ): Promise<Subnet> {
    const known = this.get(source, edit);
    if (known) return known;
    const learner = await this.#learnerOf(source, study, edit, context);
    let told = 0;
    const tell = (): void => {
      const now = performance.now();
      if (now - told < interval) return;
      told = now;
      onTraining(learner.training());
    };
    tell();
    const subnet = await learner.learn(context, tell);
    await this.#unfinished.clear();
    const learned = this.#learned.get(source) ?? (await this.#learned.put(source, new Map()));
    learned.set(stableJson(edit), subnet);
    return subnet;
  }

  /** Gives up what has not been learned to its end, as the model that it masks goes. */
  release(): Promise<void> {
    return this.#unfinished.clear();
  }

  async #learnerOf(
    source: string,
    study: Study,
    edit: BalancedSubnetSpec,
    context: StageContext,
  ): Promise<SubnetLearner> {
    const key = `${source} ${stableJson(edit)}`;
    const stopped = this.#unfinished.get(key);
    if (stopped) return stopped;
    await this.#unfinished.clear();
    const data = await study.forgetAndRetain(edit, context);
    return this.#unfinished.put(key, new SubnetLearner(this.#backend, data, edit));
  }
}
