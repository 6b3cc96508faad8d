import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { LabError } from "../engine/failure";
import type { VerificationRow } from "../engine/verification/compare";
import { verifyFolder } from "../engine/verify";
import { createNodeBackend } from "../runtime/node";
import { main } from "./main";
import { readBytes, readJson } from "./node-loader";
import type { Verification } from "./verify-in-chromium";

const help = `Compares what the lab computes of a model with what another implementation computed.

  npm run verify -- [FOLDER] [options]

  FOLDER             config.json (a ViT or an OLMo-2), model.safetensors and expected.safetensors
                     (default: tests/fixtures/vit-random, computed by PyTorch in float64)
  --backend NAME     node: onnxruntime on the CPU, at most 1e-5 off (default)
                     webgpu: in a headless Chromium, at most 1e-4 off
  --json             one JSON object on standard output

expected.safetensors holds pixel_values, or input_ids [windows, tokens], with labels (int32; of a text, one for every
position, the last of a window has no loss) and any of: logits, loss (summed over the labels), grad.NAME
of every parameter NAME, and of a linear X: X.activation, X.gradient, X.A, X.G, X.A.eigenvalues, X.G.eigenvalues,
X.weight.pairs@E, X.weight.projection@E and X.kept@E (pairs, directions of G, of A) at an energy E.
Errors are ‖computed − expected‖ / ‖expected‖. The exit status is 1 if one is above the tolerance.

--backend webgpu needs the development packages and a Chromium: one of this machine, of CHROMIUM_PATH, or
Playwright's (npx playwright install chromium --no-shell). Without a GPU it takes the software adapter, which is slow;
EIGENBAND_ADAPTER=system takes the machine's GPU.`;

async function onNode(folder: string): Promise<Verification> {
  const read = (file: string): Promise<Uint8Array<ArrayBuffer>> => readBytes(resolve(folder, file));
  const rows = await verifyFolder(
    createNodeBackend(),
    {
      config: await readJson(resolve(folder, "config.json")),
      weights: await read("model.safetensors"),
      expected: await read("expected.safetensors"),
    },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  return { device: "onnxruntime-node, CPU", rows };
}

/** Loads Playwright and Vite only where they are needed. */
async function onWebGpu(folder: string): Promise<Verification> {
  const { verifyInChromium } = await import("./verify-in-chromium");
  return verifyInChromium(folder);
}

function line({ group, tensors, worst, tolerance, pass, worstTensor, note }: VerificationRow): string {
  const figures = `${group.padEnd(28)}${String(tensors).padStart(4)}   ${worst.toExponential(1).padStart(8)}`;
  const verdict = `${tolerance.toExponential(0).padStart(8)}  ${pass ? "pass" : "FAIL"}`;
  return `${figures}   ${verdict}  ${worstTensor}${note === "" ? "" : `\n    ${note}`}`;
}

async function verify(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      backend: { type: "string", default: "node" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || positionals.length > 1) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  if (values.backend !== "node" && values.backend !== "webgpu") {
    throw new LabError(`--backend ${values.backend} is not known.`, "Use node or webgpu.");
  }
  const folder = resolve(positionals[0] ?? "tests/fixtures/vit-random");
  const { device, rows } = await (values.backend === "node" ? onNode(folder) : onWebGpu(folder));
  const failed = rows.filter(({ pass }) => !pass).length;
  if (values.json)
    console.log(JSON.stringify({ folder, backend: values.backend, device, pass: failed === 0, rows }));
  else {
    console.log(`${folder}\n${device}\n`);
    console.log(`${"computed".padEnd(28)}   #      worst   at most        worst tensor`);
    for (const row of rows) console.log(line(row));
    console.log(
      `\n${failed === 0 ? "all agree" : `${String(failed)} of ${String(rows.length)} kinds of result are off`}`,
    );
  }
  return failed === 0 ? 0 : 1;
}

main(verify);
