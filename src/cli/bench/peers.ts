import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { ROOT } from "../install.mjs";
import { covarianceMatrix } from "./covariance-matrix";
import type { Runner } from "./measure";

/** Eigensolvers that run in Node as they would in a browser: JavaScript and WebAssembly on the same engine. */

export function mlMatrix(size: number): Promise<Runner> {
  const matrix = Matrix.from1DArray(size, size, covarianceMatrix(size));
  return Promise.resolve({
    name: "ml-matrix",
    run: () => {
      const began = performance.now();
      new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
      return Promise.resolve(performance.now() - began);
    },
    release: () => Promise.resolve(),
  });
}

/** The part of webR that is used here; the package itself need not be installed. */
interface WebR {
  init(): Promise<void>;
  evalRVoid(code: string): Promise<void>;
  readonly objs: { readonly globalEnv: { bind(name: string, value: number[]): Promise<void> } };
  close(): void;
}
interface WebRModule {
  readonly WebR: new () => WebR;
}

/** @throws Error that says how to install webR, which is too large to come along. */
async function loadWebR(folder: string | undefined): Promise<WebRModule> {
  const require = createRequire(join(resolve(folder ?? ROOT), "package.json"));
  let path: string;
  try {
    path = require.resolve("webr");
  } catch {
    throw new Error("not installed (170 MB): npm install --no-save --ignore-scripts webr ws");
  }
  return (await import(pathToFileURL(path).href)) as WebRModule;
}

/** LAPACK's symmetric solver in WebAssembly: R's eigen(). One R serves all sizes. */
export class WebRSolver {
  readonly #folder: string | undefined;
  #r: Promise<WebR> | undefined;

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  async prepare(size: number): Promise<Runner> {
    this.#r ??= this.#start();
    const r = await this.#r;
    await r.objs.globalEnv.bind("values", Array.from(covarianceMatrix(size)));
    await r.evalRVoid(`A <- matrix(values, ${size}); A <- (A + t(A)) / 2`);
    return {
      name: "webr",
      run: async () => {
        const began = performance.now();
        await r.evalRVoid("e <- eigen(A, symmetric = TRUE)");
        return performance.now() - began;
      },
      release: () => Promise.resolve(),
    };
  }

  async release(): Promise<void> {
    const r = await this.#r?.catch(() => undefined);
    r?.close();
  }

  async #start(): Promise<WebR> {
    const { WebR } = await loadWebR(this.#folder);
    const r = new WebR();
    await r.init();
    return r;
  }
}
