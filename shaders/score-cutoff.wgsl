// The first entry that is kept when the `dropped` entries of the smallest |score| go: the entry with exactly that many
// before it, in the order of |score| and then of index. Found byte by byte from the top (radix selection): a histogram of
// the next byte over all entries that agree with the bytes so far tells which byte comes next.
//
// Layout: scores [count] as bits of float32, whose order without the sign bit is that of the magnitudes; result [2]:
// bits of the magnitude, and the index from which on that magnitude is kept. All entries dropped gives 2^32-1 twice.
// Dispatch: one workgroup of 256; the index takes four more passes, only where equal magnitudes are parted.
// Precision: integers only, hence exact and independent of the order in which threads run.

struct Shape {
  count: u32,
  dropped: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> scores: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;

const WITHOUT_SIGN = 0x7fffffffu;

var<workgroup> counts: array<atomic<u32>, 256>;
/// Bytes found so far, and how many entries that agree with them come before the wanted one.
var<workgroup> found: vec2u;

/// The key with `before` keys below it, and how many equal keys stand before the wanted one. Keys are magnitudes, or
/// with `by_index` the indices of the entries of one magnitude.
fn select_key(thread: u32, by_index: bool, magnitude: u32, before: u32) -> vec2u {
  var prefix = 0u;
  var left = before;
  for (var pass_number = 0u; pass_number < 4u; pass_number++) {
    let shift = 24u - 8u * pass_number;
    atomicStore(&counts[thread], 0u);
    workgroupBarrier();
    for (var k = thread; k < shape.count; k += 256u) {
      let word = scores[k] & WITHOUT_SIGN;
      let key = select(word, k, by_index);
      // The upper bytes of 32 bits by two shifts: one by 32 would shift by nothing.
      let agrees = ((key >> shift) >> 8u) == prefix;
      if (agrees && (!by_index || word == magnitude)) { atomicAdd(&counts[(key >> shift) & 255u], 1u); }
    }
    workgroupBarrier();
    if (thread == 0u) {
      var digit = 0u;
      for (; digit < 255u; digit++) {
        let some = atomicLoad(&counts[digit]);
        if (left < some) { break; }
        left -= some;
      }
      found = vec2u(prefix * 256u + digit, left);
    }
    let next = workgroupUniformLoad(&found);
    prefix = next.x;
    left = next.y;
  }
  return vec2u(prefix, left);
}

@compute @workgroup_size(256)
fn cutoff(@builtin(local_invocation_index) thread: u32) {
  var magnitude = 0xffffffffu;
  var index = 0xffffffffu;
  if (shape.dropped < shape.count) {
    let chosen = select_key(thread, false, 0u, shape.dropped);
    magnitude = chosen.x;
    index = 0u;
    if (chosen.y > 0u) { index = select_key(thread, true, magnitude, chosen.y).x; }
  }
  if (thread == 0u) {
    result[0] = magnitude;
    result[1] = index;
  }
}
