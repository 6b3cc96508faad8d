import { createWebGpuBackend } from "../../../src/runtime/webgpu";
import { sharedGpu } from "../../support/gpu";
import { decoderClaims } from "./decoder-claims";

const backend = sharedGpu().then(({ device }) => createWebGpuBackend(device));
decoderClaims(() => backend);
