import { createWebGpuBackend } from "../../../src/runtime/webgpu";
import { sharedGpu } from "../../support/gpu";
import { byOwnKernels, decoderClaims } from "./decoder-claims";

const backend = sharedGpu().then(({ device }) => createWebGpuBackend(device));
decoderClaims(() => backend, [byOwnKernels]);
