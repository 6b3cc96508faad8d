import { FileError } from "../../files/file-error";
import type { Subnet } from "../../stages/edit/balanced-subnet";
import type { SubnetLearner } from "../../stages/edit/subnet-learner";
import type { BalancedSubnetSpec } from "../../stages/edit/types";
import type { Linear } from "../../stages/model/types";
import type { Notice } from "../../stages/progress";
import { WritePace, type Rest } from "../write-pace";
import type { MaskShelf } from "./mask-shelf";
import { decodeMask, encodeMask, halfBytesPerWeight, type SavedMask } from "./saved-mask";

const rest: Rest = { least: 2000, timesWrite: 4 };

function notKept(fault: string, remedy: string): Notice {
  return { message: `${fault} Learning goes on, but a reload begins the mask anew.`, remedy };
}

/** What is said where learning in part takes more than is kept of masks; undefined where it does not. */
export function tooLarge(linears: readonly Linear[], mostBytes: number): Notice | undefined {
  const weights = linears.reduce((sum, { outputs, inputs }) => sum + outputs * inputs, 0);
  if (weights * halfBytesPerWeight <= mostBytes) return undefined;
  const [millions, most] = [weights / 1e6, mostBytes / 1e6].map((number) => number.toFixed(1));
  return notKept(
    `A mask over ${String(millions)} million weights is too large for the ${String(most)} MB kept of masks.`,
    "Mask fewer linears, or leave the page open until it is learned.",
  );
}

export interface MaskKeeperParts {
  readonly shelf: MaskShelf;
  readonly id: string;
  readonly edit: BalancedSubnetSpec;
  /** The model's linears that the edit masks. */
  readonly linears: readonly Linear[];
  readonly onNotice: ((notice: Notice) => void) | undefined;
}

/**
 * Keeps one mask while it is learned. Learning goes on where the store cannot be used: it is told once, and nothing is
 * written any more.
 */
export class MaskKeeper {
  readonly #parts: MaskKeeperParts;
  #refused = false;
  readonly #pace = new WritePace(rest, rest.least);
  /** The write under way: learning goes on meanwhile. */
  #writing: Promise<void> | undefined;

  constructor(parts: MaskKeeperParts) {
    this.#parts = parts;
  }

  /** What an earlier visit has kept; what cannot be read is dropped, and the mask is learned anew. */
  async find(): Promise<SavedMask | undefined> {
    const { shelf, id, edit, linears } = this.#parts;
    try {
      const bytes = await shelf.load(id);
      return bytes && decodeMask(bytes, linears, edit);
    } catch {
      await shelf.remove(id).catch(() => undefined);
      return undefined;
    }
  }

  /** Keeps the learner's state if the last write is long enough ago. */
  async keepIfDue(learner: SubnetLearner): Promise<void> {
    if (this.#refused || this.#writing !== undefined || !this.#pace.isDue) return;
    const began = performance.now();
    const state = await learner.state();
    this.#writing = this.#save({ kind: "half", state }).finally(() => {
      this.#pace.wrote(began);
      this.#writing = undefined;
    });
  }

  /** Keeps the learner's state; resolves when it is written. */
  async keep(learner: SubnetLearner): Promise<void> {
    await this.#writing;
    if (!this.#refused) await this.#save({ kind: "half", state: await learner.state() });
  }

  /** Keeps the mask that was learned, in the place of its states. */
  async finish(subnet: Subnet): Promise<void> {
    await this.#writing;
    if (!this.#refused) await this.#save({ kind: "whole", subnet });
  }

  /** Does not fail: what goes wrong is told. */
  async #save(saved: SavedMask): Promise<void> {
    try {
      await this.#parts.shelf.save(this.#parts.id, saved.kind, encodeMask(saved));
    } catch (error) {
      if (error instanceof FileError) this.#refuse(error.fault, error.remedy);
      else
        this.#refuse(
          `The browser's storage failed: ${error instanceof Error ? error.message : String(error)}`,
          "Close other tabs of this page, or leave it open until the mask is learned.",
        );
    }
  }

  #refuse(fault: string, remedy: string): void {
    this.#refused = true;
    this.#parts.onNotice?.(notKept(fault, remedy));
  }
}
