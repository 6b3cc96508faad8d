/**
 * Eigenvalues of a symmetric matrix [n, n] in float64, descending: Householder reduction to a tridiagonal matrix, then
 * bisection on the number of eigenvalues below a bound (Sturm). Shares no idea with the kernels it judges.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const { diagonal, offDiagonal } = tridiagonal(matrix.slice(), n);
  let radius = 0;
  for (let i = 0; i < n; i++) {
    radius = Math.max(
      radius,
      Math.abs(diagonal[i]!) + Math.abs(offDiagonal[i - 1] ?? 0) + Math.abs(offDiagonal[i] ?? 0),
    );
  }
  const values = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let low = -radius;
    let high = radius;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (countBelow(diagonal, offDiagonal, middle) > k) high = middle;
      else low = middle;
    }
    values[n - 1 - k] = (low + high) / 2;
  }
  return values;
}

/** A ← HAH for reflections H that clear column k below its subdiagonal, k = 0, 1, ... */
function tridiagonal(A: Float64Array, n: number) {
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm = Math.hypot(norm, A[i * n + k]!);
    if (norm === 0) continue;
    const alpha = A[(k + 1) * n + k]! > 0 ? -norm : norm;
    let square = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = A[i * n + k]! - (i === k + 1 ? alpha : 0);
      square += v[i]! ** 2;
    }
    // p = 2Av/vᵀv, A ← A - v wᵀ - w vᵀ with w = p - (vᵀp/vᵀv) v
    let inner = 0;
    for (let i = k; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += A[i * n + j]! * v[j]!;
      p[i] = (2 * sum) / square;
      if (i > k) inner += p[i]! * v[i]!;
    }
    for (let i = k + 1; i < n; i++) p[i]! -= (inner / square) * v[i]!;
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) A[i * n + j]! -= v[i]! * p[j]! + p[i]! * v[j]!;
    }
    A[(k + 1) * n + k] = alpha;
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => A[i * n + i]!);
  const offDiagonal = Float64Array.from({ length: Math.max(0, n - 1) }, (_, i) => A[(i + 1) * n + i]!);
  return { diagonal, offDiagonal };
}

/** Eigenvalues of the tridiagonal matrix that are below x: negative pivots of T - xI. */
function countBelow(diagonal: Float64Array, offDiagonal: Float64Array, x: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i++) {
    const coupling = i === 0 ? 0 : offDiagonal[i - 1]! ** 2;
    pivot = diagonal[i]! - x - coupling / pivot;
    if (pivot === 0) pivot = -1e-300;
    if (pivot < 0) count++;
  }
  return count;
}

/** Singular values of W [m, n] in float64, descending: square roots of the eigenvalues of the smaller Gram matrix. */
export function singularValues(W: Float64Array, m: number, n: number): Float64Array {
  const [count, length] = m <= n ? [m, n] : [n, m];
  const at = (r: number, c: number) => (m <= n ? W[r * n + c]! : W[c * n + r]!);
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += at(i, k) * at(j, k);
      gram[i * count + j] = sum;
      gram[j * count + i] = sum;
    }
  }
  return symmetricEigenvalues(gram, count).map((value) => Math.sqrt(Math.max(0, value)));
}
