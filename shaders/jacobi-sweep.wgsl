// Closes a sweep: moves each matrix's progress into its status, decides whether it is done, and zeroes the progress.
//
// status[matrix] = (done, sweeps, bits of the largest cosine, active pairs, active pairs of all sweeps, rotations,
// not finite, unused). done: 0 no; 1 every cosine is within tolerance; 2 stagnated in rounding noise, that is the
// largest cosine is below `noise` and the active pairs have not halved; 3 not finite.
// Layout: progress [matrices, 4] as in `jacobi-rotate`, status [matrices, 8]. Dispatch: ⌈matrices/64⌉ workgroups of 64,
// one matrix per thread. Precision: counts.

struct Shape {
  matrices: u32,
  noise: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> progress: array<u32>;
@group(0) @binding(2) var<storage, read_write> status: array<u32>;

@compute @workgroup_size(64)
fn close(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.matrices) { return; }
  let source = id.x * 4u;
  let to = id.x * 8u;
  if (status[to] != 0u) { return; }
  let activePairs = progress[source + 1u];
  let before = status[to + 3u];
  if (progress[source + 3u] != 0u) {
    status[to] = 3u;
  } else if (activePairs == 0u) {
    status[to] = 1u;
  } else if (status[to + 1u] > 0u && bitcast<f32>(progress[source]) < shape.noise && 2u * activePairs > before) {
    status[to] = 2u;
  }
  status[to + 1u] += 1u;
  status[to + 2u] = progress[source];
  status[to + 3u] = activePairs;
  status[to + 4u] += activePairs;
  status[to + 5u] += progress[source + 2u];
  status[to + 6u] = progress[source + 3u];
  for (var i = 0u; i < 4u; i++) { progress[source + i] = 0u; }
}
