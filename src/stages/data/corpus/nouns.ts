import { words } from "./words";

/** Nouns by what can be said of them. All can be counted unless said otherwise; the order of a list is the rank. */

/** Things a person can hold or carry away. */
export const objects = words(`book ball box lamp map key bell clock basket coin kite chair rope cup hat boat
  drum jar ring violin candle mirror blanket bottle ladder lantern compass ticket whistle needle button
  brush camera shovel pillow wallet spoon magnet hammer kettle saddle bucket carpet guitar wagon helmet`);

/** The objects that come in numbers; few, so that there are few plurals to learn. */
export const countedObjects = objects.slice(0, 18);

/** Machines and their parts. */
export const machines = words(`engine pump motor valve filter sensor battery wheel cable radio heater boiler
  furnace crane tractor elevator fan oven scale loom drill saw printer telephone`);

/** What is written or printed. */
export const papers = words(`report contract receipt permit license order form record notice list letter
  plan message bill manual index chart diary passport request offer poster calendar`);

/** What people do for a living. */
export const trades = words(`baker teacher farmer painter sailor doctor clerk carpenter gardener weaver
  potter tailor miller nurse pilot plumber librarian shepherd mason cobbler butcher driver cook singer
  dancer smith barber hunter lawyer judge porter waiter engineer actor`);

/** Mass nouns: what things are made of. */
export const materials = words(`wool copper timber silk glass coal paper tin rubber cotton steel iron
  leather clay wax straw linen brick silver bronze`);

export const animals = words(`dog cat bird horse fox rabbit goat duck mouse owl cow sheep frog bear donkey
  turtle hen monkey`);

/** Ready to follow "ate": mass nouns and plurals. */
export const foods = words(`bread soup apples cake cheese honey rice pie eggs plums carrots butter pears
  beans onions melons`);

/** Ready to follow "for": what a thing is used or done for. */
export const purposes = words(`repair study trade travel display storage cleaning practice training testing
  cooking fishing farming painting sailing singing sewing weaving baking hunting`);

export const rooms = words("office desk room hall shop studio");
