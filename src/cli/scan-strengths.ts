import type { ScanSpec } from "../engine/api";

/** How strongly a scan cuts: energies around the paper's 0.8 and 0.9, and its shares of singular values (section 4.1). */
export const scanStrengths: Pick<ScanSpec, "energies" | "keeps"> = {
  energies: [0.5, 0.6, 0.7, 0.8, 0.9],
  keeps: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5],
};
