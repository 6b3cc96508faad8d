import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findChromium } from "../../src/cli/chromium.mjs";
import { provideChromium, type Machine } from "../../src/cli/provide-chromium.mjs";

/** A machine on which a browser appears when this command has run. */
function machineWhere(
  has: { found?: string; playwright?: string; root?: boolean; broken?: string },
  appearsAfter?: RegExp,
  mendedBy?: RegExp,
) {
  const log: string[] = [];
  let installed = false;
  const ran = (command: string, args: string[]): number => {
    const line = [command.replace(/^.*\//, ""), ...args.map((arg) => arg.replace(/^.*\//, ""))].join(" ");
    log.push(line);
    const works = appearsAfter?.test(line) ?? false;
    installed ||= works;
    return works ? 0 : 100;
  };
  const byPackage = (): boolean => installed && log.at(-1)?.startsWith("apt-get") === true;
  const machine: Machine = {
    find: () => has.found ?? (byPackage() ? "/usr/bin/chromium" : undefined),
    installedByPlaywright: () => has.playwright ?? (installed ? "/cache/chrome" : undefined),
    mayInstallPackages: () => has.root ?? false,
    run: ran,
    faultOf: () =>
      mendedBy !== undefined && log.some((line) => mendedBy.test(line)) ? undefined : has.broken,
    say: () => undefined,
  };
  return { machine, log };
}

const download = "node cli.js install --no-shell chromium";
const install = "apt-get install --yes --no-install-recommends chromium";

describe("a Chromium for the tests", () => {
  it("is the one of the machine, before Playwright's", () => {
    const { machine, log } = machineWhere({
      found: "/opt/chromium",
      playwright: "/cache/chrome",
      root: true,
    });
    expect(provideChromium(machine)).toBe("/opt/chromium");
    expect(log).toEqual([]);
  });

  it("is Playwright's where only that is there, if it starts", () => {
    expect(provideChromium(machineWhere({ playwright: "/cache/chrome" }).machine)).toBe("/cache/chrome");
    const broken = machineWhere(
      { playwright: "/cache/chrome", broken: "no libnss3.so", root: true },
      /install --yes/,
    );
    expect(provideChromium(broken.machine)).toBe("/usr/bin/chromium");
  });

  it("is the system's package where packages may be installed, though its lists could not be renewed", () => {
    const { machine, log } = machineWhere({ root: true }, /install --yes/);
    expect(provideChromium(machine)).toBe("/usr/bin/chromium");
    expect(log).toEqual(["apt-get update", install]);
  });

  it("is downloaded where packages may not be installed, or there is none", () => {
    const person = machineWhere({}, /cli\.js/);
    expect(provideChromium(person.machine)).toBe("/cache/chrome");
    expect(person.log).toEqual([download]);
    const root = machineWhere({ root: true }, /cli\.js/);
    expect(provideChromium(root.machine)).toBe("/cache/chrome");
    expect(root.log).toEqual(["apt-get update", install, download]);
  });

  it("is asked of the person where all that failed, who is told why", () => {
    expect(() => provideChromium(machineWhere({ root: true }).machine)).toThrow(
      /apt-get install .* ended with status 100\n.*download ended with status 100\nWays out:\n.*CHROMIUM_PATH=/,
    );
    expect(() => provideChromium(machineWhere({}).machine)).toThrow(/needs root and apt-get/);
    const broken = machineWhere({ broken: "libnss3.so is missing" }, /cli\.js/);
    expect(() => provideChromium(broken.machine)).toThrow(/does not start: libnss3\.so is missing/);
  });

  it("gets its libraries where packages may be installed; elsewhere the person is told how", () => {
    const broken = { broken: "libnss3.so is missing" };
    const root = machineWhere({ ...broken, root: true }, /cli\.js install /, /install-deps/);
    expect(provideChromium(root.machine)).toBe("/cache/chrome");
    expect(root.log.slice(-2)).toEqual([download, "node cli.js install-deps chromium"]);
    const person = machineWhere(broken, /cli\.js install /, /install-deps/);
    expect(() => provideChromium(person.machine)).toThrow(/have root .* playwright install-deps chromium/);
    expect(person.log).toEqual([download]);
  });

  it("may be had from a mirror where the download fails", () => {
    expect(() => provideChromium(machineWhere({}).machine)).toThrow(/PLAYWRIGHT_DOWNLOAD_HOST=/);
  });
});

describe.skipIf(process.platform === "win32")("a Chromium of the machine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "eigenband-chromium-"));
    vi.stubEnv("CHROMIUM_PATH", "");
    vi.stubEnv("PATH", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const program = (name: string, says: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it("is the one that CHROMIUM_PATH names, before those on the path", () => {
    program("chromium", "Chromium 140");
    const named = program("mine", "Google Chrome 141");
    vi.stubEnv("CHROMIUM_PATH", named);
    expect(findChromium()).toBe(named);
  });

  it("is refused where CHROMIUM_PATH names none, with what was named", () => {
    const named = program("calculator", "GNU bc 1.07");
    vi.stubEnv("CHROMIUM_PATH", named);
    expect(() => findChromium()).toThrow(`got ${named} (its --version is no Chromium's: GNU bc 1.07)`);
    vi.stubEnv("CHROMIUM_PATH", join(folder, "missing"));
    expect(() => findChromium()).toThrow(/expected a Chromium, got .*missing \(no executable file\)/);
  });

  it("is not a script that only tells how to install one", () => {
    program("chromium", "Install the snap first");
    const other = program("google-chrome", "Google Chrome 141");
    expect(findChromium()).toBe(other);
  });
});
