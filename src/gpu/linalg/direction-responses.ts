import type { GpuContext } from "../device";
import { bandResponse } from "../kernels/band-response";
import { rowNorms } from "../kernels/row-norms";
import type { Pace } from "../pace";
import { readFloats } from "../readback";
import { pacedMatmul, type MatrixView } from "./matmul";

/** Rows of a dispatch side by side; the rest goes to the second dimension, as each is limited to 65535. */
const rowsAcross = 1024;

/**
 * How strongly images respond to directions: per image and direction, the mean over the image's tokens x of |v·x|,
 * or of |v·x|/‖x‖. Filled batch by batch, read back once.
 */
export class DirectionResponses {
  readonly gpu: GpuContext;
  readonly images: number;
  readonly directions: number;
  readonly #V: MatrixView;
  readonly #normalized: boolean;
  readonly #response: GPUBuffer;
  #filled = 0;

  /** `V` holds directions as rows and stays the caller's; `images` is how many will be added in all. */
  constructor(gpu: GpuContext, V: MatrixView, images: number, normalized: boolean) {
    this.gpu = gpu;
    this.images = images;
    this.directions = V.rows;
    this.#V = V;
    this.#normalized = normalized;
    this.#response = gpu.buffers.createFloats("direction responses", images * V.rows);
  }

  /** Adds the next images: `x` holds `tokens` rows per image, one image after the other. Its rows may be strided. */
  async add(pace: Pace, x: MatrixView, tokens: number): Promise<void> {
    const { gpu, directions } = this;
    const images = x.rows / tokens;
    if (!Number.isInteger(images) || this.#filled + images > this.images) {
      throw new RangeError(
        `DirectionResponses: expected rows of at most ${String(this.images - this.#filled)} images of ` +
          `${String(tokens)} tokens, got ${String(x.rows)} rows`,
      );
    }
    const scratch = gpu.buffers.scratch();
    try {
      const projection = scratch.createFloats("projections", x.rows * directions);
      const squares = scratch.createFloats("squared norms", x.rows);
      await pacedMatmul(pace, { A: x, B: this.#V, C: projection, transposeB: true });
      if (this.#normalized) {
        const { rows, columns, offset = 0, rowStride = columns } = x;
        pace.commands.dispatch(
          gpu.pipeline(rowNorms).bind({ X: x.buffer, squares }),
          { rows, columns, offset, rowStride, resultOffset: 0, rowsAcross },
          [rowsAcross, Math.ceil(rows / rowsAcross)],
        );
      }
      pace.commands.dispatch(
        gpu.pipeline(bandResponse).bind({ projection, squares, response: this.#response }),
        { images, tokens, directions, firstImage: this.#filled, normalized: this.#normalized ? 1 : 0 },
        [Math.ceil(directions / 256), images],
      );
      await pace.spend(2 * x.rows * directions);
      await pace.flush();
      this.#filled += images;
    } finally {
      scratch.destroy();
    }
  }

  /** [images added so far, directions], row-major. */
  read(): Promise<Float32Array<ArrayBuffer>> {
    return readFloats(this.gpu, this.#response, this.#filled * this.directions);
  }

  destroy(): void {
    this.gpu.buffers.destroy(this.#response);
  }
}
