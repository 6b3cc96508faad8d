import { createWebGpuBackend } from "../../../src/runtime/webgpu";
import { sharedGpu } from "../../support/gpu";
import { subnetLearnerClaims } from "./subnet-learner-claims";

const backend = sharedGpu().then(({ device }) => createWebGpuBackend(device));
subnetLearnerClaims(() => backend);
