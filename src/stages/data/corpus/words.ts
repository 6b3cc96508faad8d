/** A list of words written as text. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
