import type { DeviceReport } from "../../engine/api";
import type { Task } from "./plan";

/** What the page in Chromium offers to the command; arguments and results are plain data. */
export interface BenchPage {
  open(): Promise<DeviceReport>;
  /** Keeps the prepared task under this key. */
  prepare(key: string, task: Task): Promise<void>;
  /** Milliseconds of one execution. */
  run(key: string): Promise<number>;
  release(key: string): Promise<void>;
}

declare global {
  interface Window {
    benchPage?: BenchPage;
  }
}
