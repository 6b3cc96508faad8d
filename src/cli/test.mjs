/** `npm test`. Loads the rest only once Node is known to be new enough: an older one could not even read it. */
import { requireNode } from "./node-version.mjs";

requireNode();
void import("./run-tests.mjs").then(({ runTests }) => runTests());
