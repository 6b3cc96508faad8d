// Pair k of a round of a tournament of an even number of players (circle method): players - 1 rounds of players / 2
// pairs meet every pair of players once. The smaller player comes first.
fn round_robin(round: u32, k: u32, players: u32) -> vec2u {
  let last = players - 1u;
  var a = round;
  var b = last;
  if (k != 0u) {
    a = (round + k) % last;
    b = (round + last - k) % last;
  }
  return vec2u(min(a, b), max(a, b));
}
