import type { Backend } from "../runtime/backend";
import type { Subnet } from "../stages/edit/balanced-subnet";
import { SubnetLearner } from "../stages/edit/subnet-learner";
import type { BalancedSubnetSpec, SubnetTraining } from "../stages/edit/types";
import type { StageContext } from "../stages/progress";
import { stableJson } from "./key";
import { maskId } from "./masks/mask-id";
import { MaskKeeper, tooLarge } from "./masks/mask-keeper";
import type { MaskShelf } from "./masks/mask-shelf";
import { Slot } from "./slot";
import type { Study } from "./study";

/** Milliseconds between two tellings of how a mask is being learned. */
const interval = 250;

/** What masks are learned from: model and data, and the key of both. */
export interface SubnetSource {
  readonly key: string;
  readonly study: Study;
}

/** Hears how a mask is being learned; `from` are the steps that an earlier learning had done. */
export type TrainingListener = (training: SubnetTraining, from: number) => void;

/**
 * Learned masks of the model and data at hand, by edit: each is learned once. They lie in JavaScript memory; the one
 * whose learning was stopped last keeps its state on the device and goes on from there. A shelf keeps masks and states
 * beyond that, over a reload too.
 */
export class Subnets {
  readonly #backend: Backend;
  readonly #shelf: MaskShelf | undefined;
  readonly #learned = new Slot<Map<string, Subnet>>();
  readonly #unfinished = new Slot<SubnetLearner>((learner) => {
    learner.release();
  });

  constructor(backend: Backend, shelf?: MaskShelf) {
    this.#backend = backend;
    this.#shelf = shelf;
  }

  /** `source` is the key of model and data. */
  get(source: string, edit: BalancedSubnetSpec): Subnet | undefined {
    return this.#learned.get(source)?.get(stableJson(edit));
  }

  async learn(
    source: SubnetSource,
    edit: BalancedSubnetSpec,
    context: StageContext,
    onTraining: TrainingListener,
  ): Promise<Subnet> {
    const known = this.get(source.key, edit);
    if (known) return known;
    const keeper = await this.#keeper(source, edit, context);
    const begun = await this.#begun(source, edit, context, keeper);
    const subnet =
      begun instanceof SubnetLearner ? await this.#finished(begun, context, onTraining, keeper) : begun;
    const learned = this.#learned.get(source.key) ?? (await this.#learned.put(source.key, new Map()));
    learned.set(stableJson(edit), subnet);
    return subnet;
  }

  /** Gives up what has not been learned to its end, as the model that it masks goes. */
  release(): Promise<void> {
    return this.#unfinished.clear();
  }

  /** Learns to the end. Stopped, it has kept what it learned. */
  async #finished(
    learner: SubnetLearner,
    context: StageContext,
    onTraining: TrainingListener,
    keeper: MaskKeeper | undefined,
  ): Promise<Subnet> {
    const from = learner.training().curve.length;
    let told = 0;
    const tell = (): void => {
      const now = performance.now();
      if (now - told < interval) return;
      told = now;
      onTraining(learner.training(), from);
    };
    tell();
    try {
      const subnet = await learner.learn(
        context,
        tell,
        () => keeper?.keepIfDue(learner) ?? Promise.resolve(),
      );
      await keeper?.finish(subnet);
      await this.#unfinished.clear();
      return subnet;
    } catch (error) {
      if (context.signal.aborted) {
        onTraining(learner.training(), from);
        // Where the state cannot be read, as when the device is lost, the one kept before stays.
        await keeper?.keep(learner).catch(() => undefined);
      }
      throw error;
    }
  }

  /** The mask, or what learns it: begun in this page, begun on an earlier visit, or at its start. */
  async #begun(
    { key: source, study }: SubnetSource,
    edit: BalancedSubnetSpec,
    context: StageContext,
    keeper: MaskKeeper | undefined,
  ): Promise<SubnetLearner | Subnet> {
    const key = `${source} ${stableJson(edit)}`;
    const stopped = this.#unfinished.get(key);
    if (stopped) return stopped;
    const saved = await keeper?.find();
    if (saved?.kind === "whole") return saved.subnet;
    await this.#unfinished.clear();
    const data = await study.forgetAndRetain(edit, context);
    context.signal.throwIfAborted();
    return this.#unfinished.put(key, new SubnetLearner(this.#backend, data, edit, saved?.state));
  }

  /** A random mask is drawn sooner than it is read. */
  async #keeper(
    { key, study: { model } }: SubnetSource,
    edit: BalancedSubnetSpec,
    { onNotice }: StageContext,
  ): Promise<MaskKeeper | undefined> {
    if (this.#shelf === undefined || edit.epochs === 0) return undefined;
    const linears = model.summary.linears.filter((linear) => edit.linears.includes(linear.id));
    const refusal = tooLarge(linears, await this.#shelf.mostBytes());
    if (refusal) {
      onNotice?.(refusal);
      return undefined;
    }
    const id = await maskId(this.#backend, model, key, edit);
    return new MaskKeeper({ shelf: this.#shelf, id, edit, linears, onNotice });
  }
}
