import { createNodeBackend } from "../../src/runtime/node";
import { claimCovarianceSums } from "./covariance-sums-claims";

claimCovarianceSums(() => Promise.resolve(createNodeBackend()));
