import type { BackendChoice, DeviceReport } from "../../engine/api";
import { reopenWith } from "../state/backend-choice";
import { useLab } from "../state/lab";
import { NoticeBox } from "./NoticeBox";

/** Why the lab does not compute on a GPU, and how to choose otherwise. */
export function DeviceNotice(): React.JSX.Element | null {
  const device = useLab((lab) => lab.device);
  if (device.kind === "failed")
    return (
      <NoticeBox
        kind="danger"
        title={device.failure.message}
        remedy={`${device.failure.remedy} Until then the page shows stored results.`}
      />
    );
  const notice = device.kind === "ready" ? noticeOf(device.report) : undefined;
  if (notice === undefined) return null;
  const { title, remedy, other } = notice;
  return (
    <NoticeBox kind="warning" title={title} remedy={remedy}>
      {other !== undefined && (
        <button type="button" onClick={() => reopenWith(other.backend)}>
          {other.label}
        </button>
      )}
    </NoticeBox>
  );
}

interface DeviceNoticeText {
  readonly title: string;
  readonly remedy: string;
  /** The backend that is not in use, if it can be had. */
  readonly other?: { readonly backend: BackendChoice; readonly label: string };
}

export function noticeOf({ backend, choice, webgpu }: DeviceReport): DeviceNoticeText | undefined {
  if (webgpu.kind === "none" && choice !== "cpu")
    return {
      title: `No WebGPU here: ${webgpu.description}.`,
      remedy:
        "Stored results are shown. The processor can compute too, slower: press Run. For WebGPU use a current Chrome, Edge, Firefox or Safari, with hardware acceleration on.",
    };
  if (backend === "webgpu") {
    if (webgpu.kind !== "emulated") return undefined;
    return {
      title: `WebGPU here is emulated in software (${webgpu.emulator}), and this address asks for it.`,
      remedy: "The numbers are the same; the processor by itself is many times faster.",
      other: { backend: "cpu", label: "Compute on the CPU" },
    };
  }
  if (webgpu.kind === "emulated" && choice !== "cpu")
    return {
      title: `WebGPU here is emulated in software (${webgpu.emulator}).`,
      remedy: "The lab computes on the CPU, which is faster.",
      other: { backend: "webgpu", label: "Use WebGPU all the same" },
    };
  return {
    title: "The lab computes on the CPU, as this address asks.",
    remedy: webgpu.kind === "gpu" ? "The GPU of this machine is faster." : "",
    ...(webgpu.kind === "none" ? {} : { other: { backend: "webgpu", label: "Use WebGPU" } }),
  };
}
