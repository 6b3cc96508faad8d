import { describe, expect, it } from "vitest";
import { chosenBackend, describeAdapter, emulatorOf } from "../../src/engine/adapter";

const silent = { vendor: "", architecture: "", device: "", description: "" };

describe("emulatorOf", () => {
  it.each([
    ["SwiftShader", { ...silent, vendor: "google", architecture: "swiftshader" }],
    ["llvmpipe", { ...silent, vendor: "mesa", description: "llvmpipe (LLVM 19.1.7, 256 bits)" }],
    ["lavapipe", { ...silent, description: "Lavapipe" }],
    ["Microsoft Basic Render Driver", { ...silent, description: "Microsoft Basic Render Driver" }],
    ["a fallback adapter", { ...silent, isFallbackAdapter: true }],
  ])("recognizes %s", (name, info) => {
    expect(emulatorOf(info)).toBe(name);
  });

  it.each([
    { ...silent, vendor: "nvidia", architecture: "ampere", isFallbackAdapter: false },
    { ...silent, vendor: "apple", architecture: "metal-3" },
    silent,
  ])("takes $vendor $architecture for a GPU", (info) => {
    expect(emulatorOf(info)).toBeUndefined();
  });
});

it("an adapter is described by what it says, each part once", () => {
  const info = { ...silent, vendor: "google", architecture: "swiftshader", description: "swiftshader" };
  expect(describeAdapter(info)).toBe("google swiftshader");
  expect(describeAdapter(silent)).toBe("unnamed GPU");
});

describe("chosenBackend", () => {
  const gpu = { kind: "gpu", description: "" } as const;
  const emulated = { kind: "emulated", description: "", emulator: "SwiftShader" } as const;
  const none = { kind: "none", description: "" } as const;

  it("takes a GPU, and the CPU rather than an emulated GPU or none", () => {
    expect([gpu, emulated, none].map((offer) => chosenBackend(undefined, offer))).toEqual([
      "webgpu",
      "wasm",
      "wasm",
    ]);
  });

  it("follows a choice wherever the browser can", () => {
    expect([gpu, emulated, none].map((offer) => chosenBackend("webgpu", offer))).toEqual([
      "webgpu",
      "webgpu",
      "wasm",
    ]);
    expect([gpu, emulated, none].map((offer) => chosenBackend("cpu", offer))).toEqual([
      "wasm",
      "wasm",
      "wasm",
    ]);
  });
});
