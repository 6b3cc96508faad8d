import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifyFolder, type VerifiedFolder } from "../../src/engine/verify";
import { compareTensors } from "../../src/engine/verification/compare";
import { readSafetensors } from "../../src/files/safetensors";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import { createNodeBackend } from "../../src/runtime/node";
import { float32, int32, type HostTensor } from "../../src/tensor/host-tensor";

function fixture(name: string): VerifiedFolder {
  const bytes = (file: string) =>
    Uint8Array.from(readFileSync(new URL(`../fixtures/${name}/${file}`, import.meta.url)));
  return {
    config: JSON.parse(new TextDecoder().decode(bytes("config.json"))),
    weights: bytes("model.safetensors"),
    expected: bytes("expected.safetensors"),
  };
}

const backend = createNodeBackend();
const folder = fixture("vit-random");
const context = { signal: new AbortController().signal, onProgress: () => undefined };
const verify = (changed: Partial<VerifiedFolder> = {}) =>
  verifyFolder(backend, { ...folder, ...changed }, context);

/** The fixture's reference with some tensors changed, left out or added. */
function reference(change: (tensors: Map<string, HostTensor>) => void): Uint8Array<ArrayBuffer> {
  const tensors = new Map(readSafetensors(folder.expected).tensors);
  change(tensors);
  return writeSafetensors(tensors);
}

describe("verification of a random ViT against PyTorch in float64", () => {
  it("agrees within 1e-5 from the logits to the edited weights", { timeout: 120_000 }, async () => {
    const rows = await verify();
    expect(rows.filter(({ pass }) => !pass)).toEqual([]);
    expect(Object.fromEntries(rows.map(({ group, tensors }) => [group, tensors]))).toEqual({
      logits: 1,
      loss: 1,
      "parameter gradients": 56,
      "activations a": 6,
      "output gradients g": 6,
      "factor A": 6,
      "factor G": 6,
      "eigenvalues λ of A": 6,
      "eigenvalues μ of G": 6,
      "kept pairs and directions": 18,
      "edit by pairs": 18,
      "edit by projection": 18,
    });
    for (const { worst, tolerance } of rows) expect([worst <= 1e-5, tolerance]).toEqual([true, 1e-5]);
    expect(rows.find(({ group }) => group === "kept pairs and directions")!.worst).toBe(0);
    expect(rows.find(({ group }) => group === "parameter gradients")!.note).toContain(
      "3 are 0 but for rounding (such as grad.vit.encoder.layer.0.attention.attention.key.bias)",
    );
  });

  it("fails in every group when one weight of the first layer is off", { timeout: 120_000 }, async () => {
    const { tensors } = readSafetensors(folder.weights);
    const name = "vit.encoder.layer.0.attention.attention.query.weight";
    const query = tensors.get(name)!;
    const moved = float32(
      query.shape,
      Float32Array.from(query.data as Float32Array, (w) => 1.2 * w),
    );
    const rows = await verify({ weights: writeSafetensors(new Map([...tensors, [name, moved]])) });
    expect(rows.filter(({ pass }) => pass)).toEqual([]);
  });

  it("names the one tensor that is off", { timeout: 120_000 }, async () => {
    const name = "grad.vit.encoder.layer.1.output.dense.bias";
    const expected = reference((tensors) => {
      const exact = tensors.get(name)!;
      const data = Float32Array.from(exact.data as Float32Array, (g) => g * (1 + 2e-5));
      for (const other of [...tensors.keys()]) {
        if (!other.startsWith("grad.") && other !== "pixel_values" && other !== "labels")
          tensors.delete(other);
      }
      tensors.set(name, float32(exact.shape, data));
    });
    const [row, ...others] = await verify({ expected });
    expect(others).toEqual([]);
    expect(row).toMatchObject({ group: "parameter gradients", worstTensor: name, pass: false });
    expect(row!.worst).toBeCloseTo(2e-5, 6);
  });

  it("refuses tensors it computes nothing of, and tensors of another size", async () => {
    const few = (extra: [string, HostTensor]) =>
      reference((tensors) => {
        for (const name of [...tensors.keys()]) {
          if (name !== "pixel_values" && name !== "labels") tensors.delete(name);
        }
        tensors.set(...extra);
      });
    await expect(verify({ expected: few(["hidden", float32([1], [0])]) })).rejects.toThrow(
      "hidden is nothing the lab computes",
    );
    await expect(
      verify({ expected: few(["logits", float32([5, 6], new Float32Array(30))]) }),
    ).rejects.toThrow("logits has 30 elements, the lab computes 35");
    await expect(verify({ expected: few(["grad.nothing", float32([1], [0])]) })).rejects.toThrow(
      "grad.nothing has 1 elements, the lab computes no such tensor",
    );
  });

  it("refuses a reference without labels, with labels beyond the classes, or with other images", async () => {
    const changed = (name: string, tensor: HostTensor | undefined) =>
      reference((tensors) => {
        if (tensor) tensors.set(name, tensor);
        else tensors.delete(name);
      });
    await expect(verify({ expected: changed("labels", undefined) })).rejects.toThrow(
      "has no pixel_values or",
    );
    await expect(verify({ expected: changed("labels", float32([5], [0, 1, 2, 3, 4])) })).rejects.toThrow(
      "labels not int32",
    );
    await expect(verify({ expected: changed("labels", int32([5], [0, 1, 2, 7, 0])) })).rejects.toThrow(
      "labels holds 7, but the model has 7 classes",
    );
    await expect(verify({ expected: changed("labels", int32([4], [0, 1, 2, 3])) })).rejects.toThrow(
      "pixel_values is 5×3×16×16, but 4 labels and config.json make it 4×3×16×16",
    );
  });
});

describe("verification of a random OLMo-2 against PyTorch in float64", () => {
  const text = fixture("olmo2-random");
  const changed = (change: (tensors: Map<string, HostTensor>) => void): VerifiedFolder => {
    const tensors = new Map(readSafetensors(text.expected).tensors);
    change(tensors);
    return { ...text, expected: writeSafetensors(tensors) };
  };

  it("agrees within 1e-5 from the logits to the edited weights", { timeout: 120_000 }, async () => {
    const rows = await verifyFolder(backend, text, context);
    expect(rows.filter(({ pass }) => !pass)).toEqual([]);
    expect(Object.fromEntries(rows.map(({ group, tensors }) => [group, tensors]))).toEqual({
      logits: 1,
      loss: 1,
      "parameter gradients": 36,
      "activations a": 9,
      "output gradients g": 9,
      "factor A": 9,
      "factor G": 9,
      "eigenvalues λ of A": 9,
      "eigenvalues μ of G": 9,
      "kept pairs and directions": 27,
      "edit by pairs": 27,
      "edit by projection": 27,
    });
    for (const { worst, tolerance } of rows) expect([worst <= 1e-5, tolerance]).toEqual([true, 1e-5]);
    expect(rows.find(({ group }) => group === "kept pairs and directions")!.worst).toBe(0);
  });

  it("fails in every group when one weight of the first layer is off", { timeout: 120_000 }, async () => {
    const { tensors } = readSafetensors(text.weights);
    const name = "model.layers.0.self_attn.v_proj.weight";
    const value = tensors.get(name)!;
    const moved = float32(
      value.shape,
      // Scaling alone would be undone by the norm that follows.
      Float32Array.from(value.data as Float32Array, (w, k) => (k % 2 === 0 ? 1.5 : 0.5) * w),
    );
    const weights = writeSafetensors(new Map([...tensors, [name, moved]]));
    const rows = await verifyFolder(backend, { ...text, weights }, context);
    expect(rows.filter(({ pass }) => pass)).toEqual([]);
  });

  it("does not read the label of a window's last position", { timeout: 120_000 }, async () => {
    const folderWith = changed((tensors) => {
      const labels = Int32Array.from(tensors.get("labels")!.data as Int32Array);
      labels[16] = -100;
      for (const name of [...tensors.keys()]) {
        if (!["input_ids", "labels", "loss"].includes(name)) tensors.delete(name);
      }
      tensors.set("labels", int32([3, 17], labels));
    });
    const [row] = await verifyFolder(backend, folderWith, context);
    expect(row).toMatchObject({ group: "loss", pass: true });
  });

  it("refuses references that do not fit the model", async () => {
    const refused = (change: (tensors: Map<string, HostTensor>) => void) =>
      expect(verifyFolder(backend, changed(change), context)).rejects;
    await refused((tensors) => tensors.delete("input_ids")).toThrow("has no input_ids or no labels");
    await refused((tensors) => {
      tensors.set("input_ids", int32([3, 17], new Int32Array(51).fill(97)));
    }).toThrow("input_ids holds 97, but the model has 97 tokens");
    await refused((tensors) => {
      tensors.set("labels", int32([3, 17], new Int32Array(51).fill(-100)));
    }).toThrow("labels holds -100, but the model has 97 tokens");
    await refused((tensors) => {
      tensors.set("labels", int32([51], new Int32Array(51)));
    }).toThrow("input_ids is 3×17 and labels 51; expected both windows × tokens");
    await refused((tensors) => {
      tensors.set("labels", float32([3, 17], new Float32Array(51)));
    }).toThrow("labels is float32");
  });
});

describe("comparison", () => {
  const one = (expected: number[], computed: number[], siblings: Record<string, number[]> = {}) => {
    const all = { "grad.x": expected, ...siblings };
    return compareTensors(
      new Map(Object.entries(all)),
      new Map(Object.entries({ ...all, "grad.x": computed })),
      1e-4,
    )[0]!;
  };

  it("is the Frobenius norm of the difference over that of the reference", () => {
    expect(one([3, 4], [3, 4.5]).worst).toBeCloseTo(0.1, 12);
    expect(one([3, 4], [3, 4])).toMatchObject({ worst: 0, pass: true });
  });

  it("lets no value pass that is not finite", () => {
    expect(one([3, 4], [Number.NaN, 4])).toMatchObject({ worst: Infinity, pass: false });
    expect(one([3, 4], [Infinity, 4])).toMatchObject({ pass: false });
  });

  it("measures what is analytically 0 by its siblings and says so", () => {
    const row = one([1e-12, 0], [0, 5e-4], { "grad.y": [3, 4], "grad.z": [1] });
    // √((25 + 0) / 2): the root mean square norm of the two tensors of this size.
    expect(row.worst).toBeCloseTo(5e-4 / Math.sqrt(12.5), 9);
    expect(row.note).toContain("1 are 0 but for rounding (such as grad.x)");
    expect(one([0, 0], [1e-9, 0])).toMatchObject({ pass: false });
  });
});
