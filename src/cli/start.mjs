/** `npm start`. Loads the rest only once Node is known to be new enough: an older one could not even read it. */
import { requireNode } from "./node-version.mjs";

requireNode();
void import("./serve-lab.mjs").then(({ serveLab }) => serveLab());
