// Tile (row, column) of an upper triangle, row <= column, counted column by column: 0 → (0,0), 1 → (0,1), 2 → (1,1).
fn triangle_tile(index: u32) -> vec2u {
  var column = u32((sqrt(8.0 * f32(index) + 1.0) - 1.0) * 0.5);
  // The square root may be off by one either way.
  while (column * (column + 1u) / 2u > index) { column--; }
  while ((column + 1u) * (column + 2u) / 2u <= index) { column++; }
  return vec2u(index - column * (column + 1u) / 2u, column);
}
