/** The element of a card; addresses after `#` are read by the page and name no element. */
export function cardId(name: string): string {
  return `card-${name}`;
}
