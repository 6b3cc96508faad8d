import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { cpuBackend } from "../../src/runtime/cpu-backend";
import { hostFloats } from "../../src/runtime/device-tensor";
import type { Session } from "../../src/runtime/session";
import { float32 } from "../../src/tensor/host-tensor";

/** onnxruntime with sessions that tell how many of them ever ran at once. */
function counted(): { readonly runtime: Parameters<typeof cpuBackend>[1]; readonly most: () => number } {
  let running = 0;
  let most = 0;
  const create = async (bytes: Uint8Array): Promise<ort.InferenceSession> => {
    const session = await ort.InferenceSession.create(bytes);
    const run = session.run.bind(session);
    session.run = async (feeds: ort.InferenceSession.FeedsType) => {
      most = Math.max(most, ++running);
      try {
        return await run(feeds);
      } finally {
        running--;
      }
    };
    return session;
  };
  return {
    runtime: { ...ort, InferenceSession: { create } as typeof ort.InferenceSession },
    most: () => most,
  };
}

test("sessions asked at once run one after the other, and a failed run holds up none", async () => {
  const { runtime, most } = counted();
  const backend = cpuBackend("node", runtime, {});
  const compile = (name: string): Promise<Session> => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [2, 2]);
    const product = builder.gemm([x, x], { a: name === "gram" });
    return backend.compile(builder.build(name, { [name]: product }), "host");
  };
  const [square, gram] = await Promise.all([compile("square"), compile("gram")]);
  const x = backend.upload(float32([2, 2], Float32Array.from([1, 2, 3, 4])));
  const runs = [square, gram, square, gram].map((session) => session.run({ x }));
  const without = square.run({});
  const last = gram.run({ x });
  await expect(without).rejects.toThrow("input x is missing");
  const results = (await Promise.all([...runs, last])).map((outputs) =>
    Object.values(outputs).map((tensor) => [...hostFloats(tensor)]),
  );
  const [squared, grams] = [[[7, 10, 15, 22]], [[10, 14, 14, 20]]];
  expect(results).toEqual([squared, grams, squared, grams, grams]);
  expect(most()).toBe(1);
});
