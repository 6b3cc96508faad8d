import type { EditCost } from "../../stages/edit/types";

/** What an edit takes, as columns of an exported table; empty where it is not known. */
export const costColumns: readonly { readonly name: string; readonly value: (cost: EditCost) => number }[] = [
  { name: "seconds", value: ({ seconds }) => seconds },
  { name: "shared seconds", value: ({ sharedSeconds }) => sharedSeconds },
  { name: "samples known as memorized", value: ({ forget }) => forget },
  { name: "samples known as not memorized", value: ({ retain }) => retain },
];
