import { createWebGpuBackend } from "../../../src/runtime/webgpu";
import { sharedGpu } from "../../support/gpu";
import { claimCorrected } from "./corrected-claims";

claimCorrected(async () => createWebGpuBackend((await sharedGpu()).device));
