import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { ROOT } from "../../src/cli/install.mjs";

const orphan = pathToFileURL(join(ROOT, "src", "cli", "orphan.mjs")).href;
// Prints its number, then stays for at most 20 s.
const script = `
  import { whenOrphaned } from ${JSON.stringify(orphan)};
  whenOrphaned(process.ppid, () => { console.log("orphaned"); process.exit(0); });
  console.log("ready");
  setTimeout(() => { console.log("stayed"); process.exit(0); }, 20_000);
`;

test.skipIf(process.platform === "win32")(
  "a script stops when the shell that started it is gone",
  async () => {
    // The second command keeps the shell from becoming the first.
    const shell = spawn("/bin/sh", ["-c", `"${process.execPath}" --input-type=module -e "$SCRIPT"; true`], {
      env: { ...process.env, SCRIPT: script },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (said === "") shell.kill("SIGTERM");
      said += text;
    });
    // The script holds the pipe: it closes when the script ends, not with the shell.
    await new Promise((resolve) => shell.stdout.once("close", resolve));
    expect(said).toBe("ready\norphaned\n");
  },
);
