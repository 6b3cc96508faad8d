import { readFile } from "node:fs/promises";

/** A stored file; undefined if there is none. */
export async function readStored<T>(file: string, decode: (text: string) => T): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  return decode(text);
}
