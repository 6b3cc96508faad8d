import { useRef, useState } from "react";
import type { Opening } from "../../engine/api";
import { progressText } from "./progress-text";

export interface OpeningState {
  /** What is being read, and how far; undefined when nothing is. */
  readonly reading: string | undefined;
  readonly begin: (what: string, work: (opening: Opening) => Promise<void>) => Promise<void>;
  readonly cancel: () => void;
}

/** One model that is being opened: the next takes its place. */
export function useOpening(): OpeningState {
  const [reading, setReading] = useState<string>();
  const controller = useRef<AbortController>(undefined);
  const begin: OpeningState["begin"] = async (what, work) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    setReading(what);
    try {
      await work({
        signal: own.signal,
        onProgress: (progress) => {
          if (controller.current === own) setReading(`${what}: ${progressText(progress)}`);
        },
      });
    } finally {
      if (controller.current === own) setReading(undefined);
    }
  };
  return { reading, begin, cancel: () => controller.current?.abort() };
}
