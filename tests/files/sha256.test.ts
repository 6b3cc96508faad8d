import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Sha256, sha256 } from "../../src/files/sha256";

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31 + (i >> 5)) & 255);
const reference = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");

describe("sha256", () => {
  it("gives the hashes of FIPS 180-4", () => {
    expect(sha256(new TextEncoder().encode("abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(sha256(new Uint8Array())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("agrees with OpenSSL at every length around the block boundaries", () => {
    for (let length = 0; length < 200; length++) {
      expect(sha256(bytes.subarray(0, length)), `${String(length)} bytes`).toBe(
        reference(bytes.subarray(0, length)),
      );
    }
  });

  it("does not depend on how the bytes are cut", () => {
    for (const step of [1, 7, 63, 64, 65, 1000]) {
      const hash = new Sha256();
      for (let at = 0; at < bytes.length; at += step) hash.update(bytes.subarray(at, at + step));
      expect(hash.hex(), `pieces of ${String(step)}`).toBe(reference(bytes));
    }
  });
});
