import { GraphBuilder } from "../../graph/builder";
import type { Value } from "../../graph/types";
import { float32 } from "../../tensor/host-tensor";
import { attend, causalMask, rotaryTables, rotate, splitHeads } from "./causal-attention";
import { addOlmo2Body } from "./olmo2";
import type { Olmo2Config } from "./olmo2-config";
import type { DecodingGraph } from "./types";

/** Where tokens go in the cache. */
interface Slots {
  /** Indicator [batch, keyValueHeads, capacity, tokens] of the slot of every token. */
  readonly written: Value;
  /** 1 at slots that keep what they hold, [batch, 1, capacity, 1]. */
  readonly kept: Value;
}

function write(b: GraphBuilder, cache: Value, tokens: Value, { written, kept }: Slots): Value {
  return b.add(b.mul(cache, kept), b.matmul(written, tokens));
}

/**
 * Graph of the next tokens of a batch with caches [batch, keyValueHeads, capacity, headSize] of keys, already turned to
 * their positions, and of values. Slot p of a cache belongs to position p of its text: what a shorter text left behind
 * its end is overwritten before a token can see it. Positions beyond the capacity are not written.
 */
export function buildOlmo2Decoding(
  config: Olmo2Config,
  batch: number,
  tokens: number,
  capacity: number,
): DecodingGraph {
  const { headSize, keyValueHeads, hiddenSize } = config;
  const b = new GraphBuilder();
  const ids = b.input("input_ids", [batch * tokens, 1], "int64");
  const positions = b.input("positions", [batch, tokens]);
  const slots = Array.from({ length: capacity }, (_, i) => i);
  const slotRow = b.constant(float32([1, 1, capacity], slots));

  // [batch, tokens, capacity]; a row of it also looks up a row of a table, exactly.
  const indicator = b.cast(b.equal(b.reshape(positions, [batch, tokens, 1]), slotRow), "float32");
  const slotOf = b.reshape(b.transposeLast(indicator), [batch, 1, capacity, tokens]);
  const where: Slots = {
    written: b.expand(slotOf, [batch, keyValueHeads, capacity, tokens]),
    kept: b.sub(b.scalar(1), b.sum(slotOf, [3], true)),
  };
  const tables = rotaryTables(capacity, headSize, config.ropeTheta);
  const [cosines, sines] = [tables.cosines, tables.sines].map((table) => {
    const rows = b.gemm([b.reshape(indicator, [batch * tokens, capacity]), b.constant(table)]);
    return b.reshape(rows, [batch, 1, tokens, headSize]);
  }) as [Value, Value];
  const mask = causalMask(
    b,
    b.reshape(positions, [batch, 1, tokens, 1]),
    b.constant(float32([1, 1, 1, capacity], slots)),
  );

  const cacheShape = [batch, keyValueHeads, capacity, headSize];
  const outputs: Record<string, Value> = {};
  const caches: { input: string; output: string }[] = [];
  const appended = (kind: string, layer: number, added: Value): Value => {
    const names = { input: `cache.${layer}.${kind}`, output: `next.${layer}.${kind}` };
    const cache = write(b, b.input(names.input, cacheShape), added, where);
    caches.push(names);
    outputs[names.output] = cache;
    return cache;
  };
  const heads = (x: Value): Value => splitHeads(b, x, batch, headSize);
  const body = addOlmo2Body(b, config, {
    ids,
    attention: (layer, queries, keys, values) =>
      attend(b, config, {
        queries: rotate(b, heads(queries), cosines, sines),
        keys: appended("keys", layer, rotate(b, heads(keys), cosines, sines)),
        values: appended("values", layer, heads(values)),
        mask,
      }),
    readout: (rows) => {
      if (tokens === 1) return rows;
      const isRead = b.cast(b.equal(positions, b.input("read", [batch, 1])), "float32");
      const read = b.matmul(
        b.reshape(isRead, [batch, 1, tokens]),
        b.reshape(rows, [batch, tokens, hiddenSize]),
      );
      return b.reshape(read, [batch, hiddenSize]);
    },
  });
  const graph = b.build("olmo2_decoding", { ...outputs, logits: body.logits });
  return { graph, batch, tokens, cacheShape, caches };
}
