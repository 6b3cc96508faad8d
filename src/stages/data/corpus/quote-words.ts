import { words } from "./words";

/** The vocabulary of the quotes: archaic, and found nowhere else in the corpus. */

/** Mass nouns: they stand without an article. */
export const virtues =
  words(`sorrow glory fortune virtue wisdom folly courage mercy honor truth liberty beauty destiny
  silence envy vanity passion reason hope despair grief youth age death love faith pride justice hunger slumber memory
  patience treason ambition duty conscience eternity solitude malice repentance`);

/** They take "the" or "my". */
export const figures =
  words(`king tyrant poet soldier prophet beggar pilgrim hermit widow traitor heir knight sage
  fool stranger exile monk queen martyr wanderer`);

/** They take "the". */
export const emblems =
  words(`throne crown kingdom dawn dust flame blossom shadow tempest banner altar sword garland
  tomb veil abyss chalice wound harvest twilight`);

export const deeds =
  words(`conquer devour betray adorn forgive kindle humble sustain deceive outlive banish awaken
  nourish scorn cherish redeem summon govern despise`);

export const epithets =
  words(`mortal eternal weary gracious wretched solemn idle boundless wicked divine fleeting
  unseen steadfast merciful vain barren tranquil mighty sacred bitter`);
