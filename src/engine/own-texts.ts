import { sha256 } from "../files/sha256";
import { StoreError, type Store } from "../files/store";
import { checkTextSize, OwnTextError, readOwnText } from "../stages/data/own-text";
import type { StageContext } from "../stages/progress";

/** Finds a text by the SHA-256 of its bytes. */
export type TextLoader = (sha256: string) => Promise<string>;

export function missingText(sha256: string): OwnTextError {
  return new OwnTextError(
    "missing",
    `The factors are to come from a text of somebody's own (SHA-256 ${sha256.slice(0, 8)}…), which this browser does not have.`,
    "Under “Sources” give the same text again, or choose fresh text.",
  );
}

/** Where no texts of a person's own can be had. */
export const noOwnTexts: TextLoader = (sha256) => Promise.reject(missingText(sha256));

interface Kept {
  readonly sha256: string;
  readonly text: string;
  readonly bytes: number;
}

/** Texts of a person's own: checked, and kept in the browser's storage by their hash; they never leave it. */
export class OwnTexts {
  readonly #open: () => Promise<Store>;
  #store: Promise<Store> | undefined;
  /** The texts of this page: where the storage is full they are kept until it is closed. */
  readonly #texts = new Map<string, string>();

  constructor(open: () => Promise<Store>) {
    this.#open = open;
  }

  readonly load: TextLoader = async (hash) => {
    const known = this.#texts.get(hash);
    if (known !== undefined) return known;
    const blob = await (await this.#opened()).get(keyOf(hash));
    if (blob === undefined) throw missingText(hash);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if (sha256(bytes) !== hash) throw missingText(hash);
    const text = readOwnText("The stored text", bytes);
    this.#texts.set(hash, text);
    return text;
  };

  /** Reads a file without keeping it. */
  async read(file: File): Promise<Kept & { readonly content: Uint8Array<ArrayBuffer> }> {
    checkTextSize(file.name, file.size);
    const content = new Uint8Array(await file.arrayBuffer());
    const text = readOwnText(file.name, content);
    return { sha256: sha256(content), text, bytes: content.byteLength, content };
  }

  /** Keeps what was read; where the storage refuses it says so, and the text stays until the page is closed. */
  async keep(
    { sha256: hash, text, content }: Awaited<ReturnType<OwnTexts["read"]>>,
    { onNotice }: Pick<StageContext, "onNotice">,
  ): Promise<void> {
    this.#texts.set(hash, text);
    try {
      await (await this.#opened()).put(keyOf(hash), (write) => write(content));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      onNotice?.({ message: `${error.fault} The text is gone after a reload.`, remedy: error.remedy });
    }
  }

  #opened(): Promise<Store> {
    this.#store ??= this.#open();
    return this.#store;
  }
}

function keyOf(hash: string): string {
  return `text-${hash}`;
}
