/** What a word or number on the page means. */
export interface GlossaryEntry {
  readonly title: string;
  readonly text: string;
  readonly formula?: string;
  /** Where the paper says it. */
  readonly source?: string;
}
