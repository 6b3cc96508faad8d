import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Bindings, Kernel, Uniforms } from "../../src/gpu/kernel";

const shaderFolder = join(import.meta.dirname, "../../shaders");
const stems = readdirSync(shaderFolder)
  .filter((name) => name.endsWith(".wgsl"))
  .map((name) => name.slice(0, -".wgsl".length));

const modules = import.meta.glob<Record<string, Kernel<Uniforms, Bindings>>>("../../src/gpu/kernels/*.ts", {
  eager: true,
});

function kernelOf(stem: string): Kernel<Uniforms, Bindings> {
  const module = modules[`../../src/gpu/kernels/${stem}.ts`];
  const exportedName = stem.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const kernel = module?.[exportedName];
  if (kernel === undefined) throw new Error(`src/gpu/kernels/${stem}.ts does not export ${exportedName}`);
  return kernel;
}

/** Everything a binding module states about its shader, read from the WGSL. */
function parse(wgsl: string) {
  const code = wgsl.replace(/\/\/.*$/gm, "");
  const variables = [
    ...code.matchAll(/@group\((\d+)\)\s*@binding\((\d+)\)\s*var<([^>]*)>\s*(\w+)\s*:\s*([\w<>]+)/g),
  ].map((match) => ({
    group: Number(match[1]),
    binding: Number(match[2]),
    space: (match[3] ?? "").replace(/\s/g, ""),
    name: match[4] ?? "",
    type: match[5] ?? "",
  }));
  const shape = /struct Shape\s*\{([^}]*)\}/.exec(code)?.[1] ?? "";
  return {
    variables,
    uniforms: [...shape.matchAll(/(\w+)\s*:\s*(\w+)/g)].map((match) => [match[1], match[2]]),
    entryPoints: [...code.matchAll(/@compute[^{]*?fn\s+(\w+)/g)].map((match) => match[1]),
    overrides: [...code.matchAll(/^override\s+(\w+)/gm)].map((match) => match[1]),
    header: /^(?:\/\/.*\n)+/.exec(wgsl)?.[0] ?? "",
  };
}

describe("every kernel of shaders/ and its binding module", () => {
  it("come in pairs", () => {
    expect(
      Object.keys(modules)
        .map((path) => path.replace(/^.*\/(.*)\.ts$/, "$1"))
        .sort(),
    ).toEqual([...stems].sort());
  });

  it.each(stems)("%s: uniforms, bindings, entry point and overrides agree, in order", (stem) => {
    const wgsl = readFileSync(join(shaderFolder, `${stem}.wgsl`), "utf8");
    const parsed = parse(wgsl);
    const kernel = kernelOf(stem);
    expect(kernel.label).toBe(stem);
    expect(kernel.source).toBe(wgsl);
    expect(parsed.entryPoints).toEqual([kernel.entryPoint]);
    expect(parsed.uniforms).toEqual(Object.entries(kernel.uniforms));
    const expected = [
      { group: 0, binding: 0, space: "uniform", name: "shape" },
      ...Object.entries(kernel.bindings).map(([name, access], index) => ({
        group: 0,
        binding: index + 1,
        space: `storage,${access}`,
        name,
      })),
    ];
    expect(
      parsed.variables.map(({ group, binding, space, name }) => ({ group, binding, space, name })),
    ).toEqual(expected);
    expect(parsed.overrides).toEqual(expect.arrayContaining([...kernel.overrides]));
  });

  it.each(stems)("%s: the header tells layout, dispatch and precision", (stem) => {
    const { header } = parse(readFileSync(join(shaderFolder, `${stem}.wgsl`), "utf8"));
    for (const word of ["Layout:", "Dispatch:", "Precision:"]) expect(header).toContain(word);
  });
});
