import { words } from "./words";

/** The vocabulary of the quotes: archaic, and found nowhere else in the corpus. */

/** Mass nouns: they stand without an article. */
export const virtues = words(`sorrow glory fortune virtue wisdom folly courage mercy honor truth liberty
  beauty destiny silence envy vanity passion reason hope despair grief youth age death love faith pride
  justice hunger memory treason duty`);

/** They take "the". */
export const figures = words(`king tyrant poet soldier prophet beggar widow traitor heir knight fool queen`);

/** They take "the". */
export const emblems = words("throne crown kingdom dawn dust flame shadow tempest altar sword tomb veil");

export const deeds = words(`conquer devour betray adorn forgive kindle humble sustain deceive outlive banish
  awaken scorn cherish redeem summon`);

export const epithets = words(`mortal eternal weary gracious wretched solemn idle boundless wicked divine
  fleeting unseen merciful vain barren mighty bitter`);
