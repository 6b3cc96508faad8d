import { Explain } from "../controls/Explain";
import { useLab } from "../state/lab";

/** What computes, and how much of its memory is in use. */
export function DeviceBadge(): React.JSX.Element {
  const device = useLab((lab) => lab.device);
  const bytes = useLab((lab) => lab.results.gpuBytes);
  if (device.kind === "probing") return <span className="badge">looking for WebGPU</span>;
  if (device.kind === "failed") return <span className="badge badge-warning">no engine</span>;
  const { backend, threads, webgpu } = device.report;
  const counted = threads === 1 ? "1 thread" : `${String(threads)} threads`;
  if (backend === "wasm")
    return (
      <span className="badge badge-warning">
        WebAssembly, <Explain term="threads">{counted}</Explain>
      </span>
    );
  const emulated = webgpu.kind === "emulated";
  return (
    <span className={emulated ? "badge badge-warning" : "badge"} title={webgpu.description}>
      {emulated ? "WebGPU, emulated" : "WebGPU"}
      {bytes !== undefined && (
        <>
          {", "}
          <Explain term="gpuMemory">{(bytes / 1e6).toFixed(0)} MB</Explain>
        </>
      )}
    </span>
  );
}
