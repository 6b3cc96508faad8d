import { describe, expect, it } from "vitest";
import { dataUrlToBlob, fileStem, tableToCsv, tableToJson } from "../../../src/app/plots/table-export";
import { count, percent, short, smallPercent } from "../../../src/app/plots/number-format";

const table = {
  columns: ["name", "value, raw"],
  rows: [
    ['say "a"', 0.1],
    ["b\nc", null],
    ["d", 1e-12],
  ],
};

describe("tableToCsv", () => {
  it("leaves an accuracy of no images empty", () => {
    expect(tableToCsv({ columns: ["memorized"], rows: [[NaN], [0]] })).toBe("memorized\r\n\r\n0\r\n");
  });

  it("quotes commas, quotes and line breaks, leaves missing values empty and keeps all digits", () => {
    expect(tableToCsv(table)).toBe('name,"value, raw"\r\n"say ""a""",0.1\r\n"b\nc",\r\nd,1e-12\r\n');
  });
});

describe("tableToJson", () => {
  it("holds title, source and exactly the table", () => {
    expect(JSON.parse(tableToJson("T", "S", table))).toEqual({ title: "T", source: "S", ...table });
  });
});

describe("fileStem", () => {
  it("is a file name on every system and never empty", () => {
    expect(fileStem("Spectra of layer 3 fc2")).toBe("spectra-of-layer-3-fc2");
    expect(fileStem("../λμ: é?")).toBe("e");
    expect(fileStem("λμ")).toBe("figure");
  });
});

describe("dataUrlToBlob", () => {
  it("reads base64 and escaped pictures", async () => {
    const png = dataUrlToBlob("data:image/png;base64,AP9B");
    expect([...new Uint8Array(await png.arrayBuffer())]).toEqual([0, 255, 65]);
    expect(png.type).toBe("image/png");
    const svg = dataUrlToBlob("data:image/svg+xml,%3Csvg%3E%CE%BB%3C/svg%3E");
    expect(await svg.text()).toBe("<svg>λ</svg>");
  });
});

describe("numbers for people", () => {
  it("have three digits, with powers of ten beyond", () => {
    expect([0, 1.305, -0.04217, 99999, 3.21e-7, 1.5e12, NaN].map(short)).toEqual([
      "0",
      "1.3",
      "−0.0422",
      "100000",
      "3.2×10⁻⁷",
      "1.5×10¹²",
      "none",
    ]);
  });

  it("never show something as nothing", () => {
    expect([0.75, 0.0324, 0.0005, 0.00001, 0].map(smallPercent)).toEqual([
      "75.0 %",
      "3.2 %",
      "0.05 %",
      "< 0.01 %",
      "0.00 %",
    ]);
    expect(percent(1)).toBe("100.0 %");
    expect(percent(NaN)).toBe("none");
    expect(count(12288)).toBe("12,288");
  });
});
