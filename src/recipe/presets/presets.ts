import { bestEdit } from "./best-edit";
import { figure2 } from "./figure-2";
import { figure4 } from "./figure-4";
import { figure5 } from "./figure-5";
import type { Preset } from "./preset";

/** In the order of the page; the first opens first. */
export const presets: readonly Preset[] = [bestEdit, figure2, figure4, figure5];
