/** A file with this header text and these data bytes, however wrong they may be. */
export function fileOf(header: string | Uint8Array, dataBytes = 0): Uint8Array<ArrayBuffer> {
  const json = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + json.byteLength + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.byteLength), true);
  file.set(json, 8);
  return file;
}

/** Header text of one tensor. */
export function oneTensor(dtype: string, shape: string, start: number, end: number): string {
  return `{"x":{"dtype":"${dtype}","shape":${shape},"data_offsets":[${String(start)},${String(end)}]}}`;
}
