import { openBackend } from "../engine/backend";
import { failureOf, LabError } from "../engine/failure";
import { verifyFolder } from "../engine/verify";
import type { VerificationAnswer } from "./verify-in-chromium";

/** Runs in Chromium: verifies the folder served at `folder/` and puts the answer into the page as JSON. */

async function bytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(new URL(`folder/${file}`, location.href));
  if (!response.ok) throw new LabError(`The folder has no ${file}.`, "Give a folder that has it.");
  return new Uint8Array(await response.arrayBuffer());
}

async function answer(): Promise<VerificationAnswer> {
  try {
    const { backend, report } = await openBackend("webgpu");
    if (report.backend !== "webgpu") {
      throw new LabError(`Chromium has no WebGPU: ${report.webgpu.description}.`, "Use a newer Chromium.");
    }
    const folder = {
      config: JSON.parse(new TextDecoder().decode(await bytes("config.json"))) as unknown,
      weights: await bytes("model.safetensors"),
      expected: await bytes("expected.safetensors"),
    };
    const context = { signal: new AbortController().signal, onProgress: (): void => undefined };
    return {
      ok: true,
      device: report.webgpu.description,
      rows: await verifyFolder(backend, folder, context),
    };
  } catch (error) {
    return { ok: false, failure: failureOf(error, undefined) };
  }
}

const text = JSON.stringify(await answer());
document.querySelector("output")?.replaceChildren(text);
