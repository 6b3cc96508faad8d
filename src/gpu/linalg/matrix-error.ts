export type MatrixFault = "not-finite" | "not-positive-semidefinite" | "not-converged";

const sentences: Readonly<Record<MatrixFault, string>> = {
  "not-finite": "holds NaN or infinite entries; look for them in the data it was computed from",
  "not-positive-semidefinite":
    "is not positive semidefinite, so it is no covariance; check that it is symmetric",
  "not-converged": "did not converge",
};

/** A matrix that cannot be decomposed, by name. */
export class MatrixError extends Error {
  override readonly name = "MatrixError";
  readonly matrix: string;
  readonly fault: MatrixFault;

  constructor(matrix: string, fault: MatrixFault, detail?: string) {
    super(`${matrix} ${sentences[fault]}${detail === undefined ? "" : ` (${detail})`}`);
    this.matrix = matrix;
    this.fault = fault;
  }
}
