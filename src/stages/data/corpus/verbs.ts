import { words } from "./words";

/** Transitive verbs by what they can be done to; the order of a list is the rank. */

/** To objects and machines. */
export const handlings = words(`carry find hold paint move clean hide repair keep share sell watch lift
  bring pull wash guard measure borrow count collect return deliver remove replace describe polish examine
  restore label weigh buy lend store test mend mark`);

/** To papers. */
export const clericals = words(`sign print copy read file submit approve review publish seal stamp translate
  correct renew check sort post answer`);

/** To something, addressed to somebody: "return the form to Anna Hale". */
export const dispatches = words("send return deliver bring show lend read sell offer mail give");
