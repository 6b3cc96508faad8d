import { createWebGpuBackend } from "../../../src/runtime/webgpu";
import { sharedGpu } from "../../support/gpu";
import { textScorerClaims } from "./text-scorer-claims";

const backend = sharedGpu().then(({ device }) => createWebGpuBackend(device));
textScorerClaims(() => backend);
