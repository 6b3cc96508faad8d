// response[firstImage + b, d] = mean over the tokens t of image b of |projection[b·tokens + t, d]|, divided by ‖x_t‖ if
// `normalized` is 1. A token of length 0 responds with 0.
//
// Layout: projection [images·tokens, directions] holds v·x; squares [images·tokens] holds ‖x‖²; response
// [all images, directions]. Dispatch: (⌈directions/256⌉, images) workgroups of 256, one thread per entry of response.
// Precision: float32 sum over tokens.

struct Shape {
  images: u32,
  tokens: u32,
  directions: u32,
  firstImage: u32,
  normalized: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> projection: array<f32>;
@group(0) @binding(2) var<storage, read> squares: array<f32>;
@group(0) @binding(3) var<storage, read_write> response: array<f32>;

@compute @workgroup_size(256)
fn respond(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let direction = group.x * 256u + thread;
  let image = group.y;
  if (direction >= shape.directions || image >= shape.images) { return; }
  var sum = 0.0;
  for (var token = 0u; token < shape.tokens; token++) {
    let row = image * shape.tokens + token;
    var value = abs(projection[row * shape.directions + direction]);
    if (shape.normalized == 1u) {
      let square = squares[row];
      value = select(0.0, value / sqrt(max(square, 1e-37)), square > 0.0);
    }
    sum += value;
  }
  response[(shape.firstImage + image) * shape.directions + direction] = sum / f32(shape.tokens);
}
