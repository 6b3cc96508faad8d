import { createNodeBackend } from "../../../src/runtime/node";
import { claimCorrected } from "./corrected-claims";

claimCorrected(() => Promise.resolve(createNodeBackend()));
