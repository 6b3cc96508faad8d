import type { GlossaryEntry } from "./entry";

/** Which layers to cut: the scan, the search and the trade-off. */
export const searchTerms = {
  search: {
    title: "Search over layers",
    text: "Cuts several layers together: each set of layers at each energy by K-FAC pairs and at each share of singular values by SVD. All are ranked by what is left of the memory among those that keep enough ability. What was found is kept in this browser, so that a search can be paused and goes on after a reload.",
    source: "the paper chooses its layers by hand, section 4.2",
  },
  searchRank: {
    title: "Rank",
    text: "Among the edits that keep at least the asked ability the one with the least memory left is first; of equal memory the one with more ability. A dot marks the Pareto front: no other edit found leaves as little memory and as much ability, and one of them better.",
  },
  abilityFloor: {
    title: "Least ability",
    text: "Edits that keep less validation accuracy, of texts less nDCG@10, than this are not ranked. Unless another is set it is that of the unedited model, of texts 0.9 as in the paper's tables.",
  },
  tradeoff: {
    title: "Forgetting against keeping",
    text: "Every edit evaluated so far, one line per method. The upper left corner is the goal: nothing recited, and fresh text predicted as before. Of two lines the higher one forgets at less cost.",
    source: "section 4.2.1, figures 3 and 6, tables 2 and 5",
  },
  scan: {
    title: "Layer scan",
    text: "One matrix is edited at a time, by K-FAC at several energies and by SVD at several shares, to see where memory sits.",
    source: "section 4.2.2, figure 4 top",
  },
} satisfies Record<string, GlossaryEntry>;
