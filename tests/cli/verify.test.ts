import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/files/safetensors";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import { float32, type HostTensor } from "../../src/tensor/host-tensor";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixture = join(root, "tests/fixtures/vit-random");
const timeout = 180_000;
let folder: string;

/** A folder whose reference holds the logits alone, one of them off by a share. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "eigenband-verify-"));
  for (const file of ["config.json", "model.safetensors"])
    copyFileSync(join(fixture, file), join(folder, file));
});
afterAll(() => rmSync(folder, { recursive: true }));

function writeLogits(off: number): void {
  const { tensors } = readSafetensors(Uint8Array.from(readFileSync(join(fixture, "expected.safetensors"))));
  const logits = tensors.get("logits")!;
  const moved = float32(
    logits.shape,
    Float32Array.from(logits.data as Float32Array, (x) => x * (1 + off)),
  );
  const kept = new Map<string, HostTensor>([["logits", moved]]);
  for (const name of ["pixel_values", "labels"]) kept.set(name, tensors.get(name)!);
  writeFileSync(join(folder, "expected.safetensors"), writeSafetensors(kept));
}

function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "src/cli/verify.ts"), ...args],
    { cwd: root, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe.each(["node", "webgpu"])("npm run verify with --backend %s", (backend) => {
  it("ends with 0 where all agree and 1 where not, and says which in JSON", { timeout }, () => {
    writeLogits(0);
    const agreeing = verify(folder, "--backend", backend, "--json");
    expect(agreeing.stderr).toBe("");
    expect(agreeing.status).toBe(0);
    expect(JSON.parse(agreeing.stdout)).toMatchObject({
      folder,
      backend,
      pass: true,
      rows: [{ group: "logits", tensors: 1, pass: true, tolerance: backend === "node" ? 1e-5 : 1e-4 }],
    });
    writeLogits(2e-4);
    const off = verify(folder, "--backend", backend);
    expect(off.status).toBe(1);
    expect(off.stdout).toMatch(/logits +1 +2\.0e-4 .*FAIL/);
    expect(off.stdout).toContain("1 of 1 kinds of result are off");
  });

  it("says in two lines what is wrong with a folder", { timeout }, () => {
    const other = mkdtempSync(join(tmpdir(), "eigenband-other-"));
    for (const file of ["model.safetensors", "expected.safetensors"])
      copyFileSync(join(fixture, file), join(other, file));
    writeFileSync(join(other, "config.json"), '{"model_type": "llama"}');
    const { status, stdout, stderr } = verify(other, "--backend", backend);
    rmSync(other, { recursive: true });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain('model_type is "llama"; the lab reads image classifiers');
    expect(stderr.trim().split("\n").length).toBe(2);
    const missing = verify("tests/fixtures", "--backend", backend);
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain("config.json");
    expect(missing.stderr).not.toContain("    at ");
  });
});

it("takes the folder of a language model", { timeout }, () => {
  const { status, stdout } = verify("tests/fixtures/olmo2-random", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ pass: true });
});

it("explains itself with --help and refuses an unknown backend", { timeout }, () => {
  const help = verify("--help");
  expect(help.status).toBe(0);
  for (const word of ["--backend", "expected.safetensors", "CHROMIUM_PATH"])
    expect(help.stdout).toContain(word);
  expect(verify("--backend", "cuda")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("cuda") as string,
  });
});
