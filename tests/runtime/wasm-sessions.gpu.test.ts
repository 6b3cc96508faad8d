import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { hostFloats } from "../../src/runtime/device-tensor";
import type { Session } from "../../src/runtime/session";
import { createWasmBackend } from "../../src/runtime/wasm";
import { float32 } from "../../src/tensor/host-tensor";

test("sessions of the WebAssembly provider that are asked at once all answer, each with its own result", async () => {
  const backend = createWasmBackend(2);
  const size = 128;
  const compile = async (name: string, transposed: boolean): Promise<Session> => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [size, size]);
    return backend.compile(builder.build(name, { [name]: builder.gemm([x, x], { a: transposed }) }));
  };
  const sessions = await Promise.all([compile("square", false), compile("gram", true)]);
  // Above the diagonal alone: squared it is zero left of the second diagonal, its Gram matrix is not.
  const x = float32(
    [size, size],
    Float32Array.from({ length: size * size }, (_, i) => (i % size === Math.floor(i / size) + 1 ? 1 : 0)),
  );
  const runs = Array.from({ length: 40 }, async (_, i) => {
    const outputs = await sessions[i % 2]!.run({ x: backend.upload(x) });
    const [result] = Object.values(outputs);
    return hostFloats(result!).reduce((sum, value) => sum + value, 0);
  });
  const sums = await Promise.all(runs);
  expect(sums).toEqual(sums.map((_, i) => (i % 2 === 0 ? size - 2 : size - 1)));
});
