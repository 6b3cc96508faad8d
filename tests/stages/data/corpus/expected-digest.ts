/** Of the small corpus; a change of it is a change of the shipped model's training text. */
export const smallCorpusDigest = "60550164a7c24617b4e3012fafac5e12d1dba589e6f62feba5984ab8a40dd894";
