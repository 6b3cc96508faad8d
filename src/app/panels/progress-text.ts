import type { Progress } from "../../engine/api";
import { count, short } from "../plots/number-format";

/**
 * `420 of 1,000 images, 310 per s, 2 s left`; the time is left out until it is known. What is counted in percent is
 * told as a share and a rate of shares: `42 % of the eigendecomposition, 12 % per s, 5 s left`.
 */
export function progressText({ done, total, unit, rate, remaining }: Progress): string {
  const inPercent = unit.startsWith("%");
  const parts = [inPercent ? `${amount(done)} ${unit}` : `${amount(done)} of ${amount(total)} ${unit}`];
  if (rate > 0) parts.push(inPercent ? `${short(rate)} % per s` : `${short(rate)} per s`);
  if (remaining !== undefined) parts.push(`${durationText(remaining)} left`);
  return parts.join(", ");
}

function amount(value: number): string {
  return Number.isInteger(value) ? count(value) : value.toFixed(1);
}

/** `3 s`, `2 min 10 s`, `1 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${String(whole)} s`;
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** `12 ms`, `3.4 s`. */
export function elapsedText(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`;
  return milliseconds < 60_000 ? `${(milliseconds / 1000).toFixed(1)} s` : durationText(milliseconds / 1000);
}
