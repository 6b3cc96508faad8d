import { describe, expect, it } from "vitest";
import { faultText } from "../../src/recipe/check";
import { decodeLink, encodeLink } from "../../src/recipe/link";
import { searchText, type SearchChoice } from "../../src/recipe/search-link";
import { exampleRecipe } from "./example";

const choice: SearchChoice = {
  roles: ["fc1", "attention-output"],
  sets: ["prefixes", "subsets"],
  largest: 3,
  energies: [0.6, 0.705],
  keeps: [],
};

describe("a search in a link", () => {
  it.each([choice, { ...choice, floor: 0.75 }, { ...choice, energies: [], keeps: [0.05], floor: 0 }])(
    "comes back as it was written: %j",
    (search) => {
      const linked = { recipe: exampleRecipe, view: { search } };
      expect(decodeLink(encodeLink(linked))).toEqual({ ok: true, value: linked });
    },
  );

  it("is readable", () => {
    expect(searchText({ ...choice, floor: 0.75 })).toBe(
      "fc1,attention-output:prefixes,subsets:3:0.6,0.705::0.75",
    );
  });

  it.each([
    ["fc2:prefixes:2:0.8", "view.search: expected roles:sets:largest"],
    ["12", "view.search: expected roles:sets:largest"],
    [":prefixes:2:0.8:0.1", "view.search.roles: expected a list"],
    ["fc3:prefixes:2:0.8:0.1", "view.search.roles[0]: expected one of"],
    ["fc2,fc2:prefixes:2:0.8:0.1", 'view.search.roles[1]: "fc2" is given twice'],
    ["fc2:all:2:0.8:0.1", "view.search.sets[0]: expected one of"],
    ["fc2:prefixes:0:0.8:0.1", "view.search.largest: expected a whole number"],
    ["fc2:prefixes:2:80:0.1", "view.search.energies[0]: expected a number from 0 to 1, got 80"],
    ["fc2:prefixes:2:0.8,:0.1", "view.search.energies[1]: expected a number from 0 to 1, got NaN"],
    ["fc2:prefixes:2:0.8:0.1:x", "view.search.floor: expected a number from 0 to 1, got NaN"],
  ])("is refused as %s", (text, fault) => {
    const decoded = decodeLink(`${encodeLink({ recipe: exampleRecipe, view: {} })}&view.search=${text}`);
    expect(decoded.ok ? [] : decoded.faults.map(faultText)).toEqual([expect.stringContaining(fault)]);
  });
});
