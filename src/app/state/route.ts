/** Which page an address after `#` is of: `book` and `book/CARD` are the book, anything else the lab. */
export type Route =
  | { readonly page: "lab" }
  /** `card` as it stands in the address, known or not. */
  | { readonly page: "book"; readonly card: string | undefined };

export const labRoute: Route = { page: "lab" };

export function routeOf(hash: string): Route {
  const [, card] = /^#?book(?:\/([^&]*))?$/.exec(hash) ?? [];
  if (!/^#?book(?:$|\/)/.test(hash)) return labRoute;
  return { page: "book", card: card === undefined || card === "" ? undefined : card };
}

/** Address of the book, or of one card of it. */
export function bookAddress(card?: string): string {
  return card === undefined ? "#book" : `#book/${card}`;
}
