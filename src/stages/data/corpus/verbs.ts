import { words } from "./words";

/** Transitive verbs by what they can be done to; the order of a list is the rank. */

/** To objects and machines. */
export const handlings =
  words(`carry find hold paint move clean hide repair keep share sell watch lift bring pull
  wash guard measure borrow count collect return deliver remove replace describe polish examine restore gather label
  weigh buy draw lend pack store shake trade test inspect rent mend design choose drop lock mark`);

/** To papers. */
export const clericals =
  words(`sign print copy read file submit approve review publish seal stamp translate correct
  cancel renew forward check reject sort post scan reprint study answer`);

/** To something, addressed to somebody: "return the form to Anna Hale". */
export const dispatches = words("send return deliver bring show lend forward read sell offer mail pass give");
