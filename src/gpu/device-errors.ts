/** An error that the device reported for work or buffers, or the loss of the device. */
export class GpuDeviceError extends Error {
  override readonly name = "GpuDeviceError";
}

/**
 * Errors of a device arrive later than the calls that cause them. This keeps the first one until someone who waits
 * for the work asks for it.
 */
export class DeviceErrors {
  /** Resolves, with the reason, when the device is lost. */
  readonly lost: Promise<GpuDeviceError>;
  readonly #device: GPUDevice;
  readonly #onUncaptured = (event: GPUUncapturedErrorEvent): void => {
    this.#record(event.error);
  };
  #failure: GpuDeviceError | undefined;
  #gone: GpuDeviceError | undefined;
  /** Error scopes whose answer is still out. */
  readonly #scopes = new Set<Promise<void>>();

  constructor(device: GPUDevice) {
    this.#device = device;
    device.addEventListener("uncapturederror", this.#onUncaptured);
    this.lost = device.lost.then((info) => {
      this.#gone = new GpuDeviceError(`GPU device lost (${info.reason}): ${info.message}`);
      return this.#gone;
    });
  }

  /** Runs calls whose errors are known for sure once `settled` resolves. */
  during<T>(calls: () => T): T {
    this.#device.pushErrorScope("out-of-memory");
    this.#device.pushErrorScope("validation");
    try {
      return calls();
    } finally {
      for (let scope = 0; scope < 2; scope++) {
        // A lost device may refuse the answer; the loss itself is reported.
        const popped = this.#device.popErrorScope().catch(() => null);
        const answered = popped.then((error) => {
          if (error !== null) this.#record(error);
          this.#scopes.delete(answered);
        });
        this.#scopes.add(answered);
      }
    }
  }

  /** Waits for submitted work and the answers about its errors, and takes none of them. */
  async answered(): Promise<void> {
    const scopes = [...this.#scopes];
    try {
      await this.#device.queue.onSubmittedWorkDone();
    } catch {
      // Only a lost device refuses to answer; its loss is then thrown by `throwIfFailed`.
      await this.lost;
    }
    await Promise.all(scopes);
  }

  /** Waits for submitted work; rejects with the first error reported since the last one thrown. */
  async settled(): Promise<void> {
    await this.answered();
    this.throwIfFailed();
  }

  /** Throws the first error reported since the last call, or the loss of the device. */
  throwIfFailed(): void {
    if (this.#gone !== undefined) throw this.#gone;
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  release(): void {
    this.#device.removeEventListener("uncapturederror", this.#onUncaptured);
  }

  #record(error: GPUError): void {
    this.#failure ??= new GpuDeviceError(error.message);
  }
}
