import { describe, expect, it } from "vitest";
import { hubModelOf } from "../../../src/app/state/own-model";

describe("a model of the hub", () => {
  it.each([
    ["owner/model", "owner/model", "main"],
    [" owner/model-v1.0 ", "owner/model-v1.0", "main"],
    ["owner/model@v2", "owner/model", "v2"],
    ["https://huggingface.co/owner/model", "owner/model", "main"],
    ["https://huggingface.co/owner/model/", "owner/model", "main"],
    ["huggingface.co/owner/model/tree/abc123", "owner/model", "abc123"],
  ])("is read from %s", (text, repository, revision) => {
    expect(hubModelOf(text)).toEqual({ kind: "hub", repository, revision });
  });

  it.each([
    "",
    "model",
    "owner/model name",
    "../../etc/passwd",
    "https://example.com/owner/model",
    "a/b/c/d",
  ])("is not read from “%s”", (text) => {
    expect(hubModelOf(text)).toBeUndefined();
  });
});
