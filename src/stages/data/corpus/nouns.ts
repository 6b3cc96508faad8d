import { words } from "./words";

/** Nouns by what can be said of them. All can be counted unless said otherwise; the order of a list is the rank. */

/** Things a person can hold or carry away. */
export const objects =
  words(`book ball box lamp map key bell clock basket coin kite chair rope cup hat boat drum jar
  ring violin candle mirror blanket bottle ladder lantern compass ticket whistle needle button brush camera shovel
  pillow wallet spoon magnet hammer kettle umbrella trumpet ribbon feather anchor saddle bucket puzzle carpet curtain
  apron mitten guitar flute wagon bicycle vase bracelet sled teapot helmet pencil stamp barrel`);

/** Machines and their parts. */
export const machines =
  words(`engine pump motor valve filter sensor battery wheel switch cable radio heater boiler
  furnace crane tractor elevator fan lock alarm antenna generator propeller brake oven scale loom drill saw fuse
  printer telephone`);

/** What is written or printed. */
export const papers =
  words(`report contract receipt permit license order invoice form record notice list letter plan
  message bill manual index catalog chart diary passport check policy request offer poster calendar essay recipe
  certificate`);

/** What people do for a living. */
export const trades =
  words(`baker teacher farmer painter sailor doctor clerk carpenter gardener weaver potter tailor
  miller nurse pilot plumber librarian shepherd mason cobbler butcher driver cook singer dancer smith barber hunter
  jeweler lawyer judge porter waiter mechanic engineer architect actor florist grocer chemist editor optician
  locksmith beekeeper`);

/** Mass nouns: what things are made of. */
export const materials =
  words(`wool copper timber silk glass coal paper tin rubber cotton steel iron leather clay
  marble wax straw linen brick bronze silver gold sand cork chalk lead wire velvet bamboo granite`);

export const animals =
  words(`dog cat bird horse fox rabbit goat duck mouse owl cow sheep frog bear crow donkey turtle
  hen otter badger monkey squirrel hedgehog pony`);

/** Ready to follow "ate": mass nouns and plurals. */
export const foods =
  words(`bread soup apples cake cheese honey rice pie eggs plums carrots butter pears beans onions
  melons cherries potatoes figs walnuts noodles pancakes berries toast`);

/** Ready to follow "for": what a thing is used or done for. */
export const purposes =
  words(`repair study trade travel display storage cleaning practice training testing cooking
  fishing farming painting sailing printing singing sewing weaving baking hunting riding research camping`);

export const rooms = words("office desk room hall shop studio");
