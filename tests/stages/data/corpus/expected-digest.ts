/** Of the small corpus; a change of it is a change of the shipped model's training text. */
export const smallCorpusDigest = "1c161d0cbe5756e45fe572b38eda699286156e15f51cecbc259dc5fd871663db";
