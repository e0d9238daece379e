import { execFile, execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const PROGRAM = `"${process.execPath}" "${resolve("dist/main.js")}"`;

/** What a shell hands to platc of lines in which a tab asks for completion, typed on a terminal. */
async function typed(shell: string, lines: readonly string[]): Promise<readonly (readonly string[])[]> {
  const args = [resolve("tests/shells/type_in_shell.py"), shell, PROGRAM, JSON.stringify(lines)];
  const { stdout } = await promisify(execFile)("python3", args, { cwd: resolve("specs/d2b") });
  return JSON.parse(stdout) as readonly (readonly string[])[];
}

function has(program: string): boolean {
  try {
    return execFileSync(program, ["--version"], { stdio: "pipe" }).length > 0;
  } catch {
    return false;
  }
}

describe.each(["bash", "zsh", "fish"])("%s", (shell) => {
  test.skipIf(!has(shell))("completes commands, addresses, words with ':' or '=', and files", async () => {
    expect(
      await typed(shell, [
        "platc pl\tdev/work\tgl\t",
        "platc apply --target=em\tstage:de\t",
        "platc apply --fail dev/acc\t",
        "platc list --spec plat\t",
      ]),
    ).toEqual([
      ["plan", "dev/workflow/glue"],
      ["apply", "--target=emulator", "stage:deploy"],
      ["apply", "--fail", "dev/access:"],
      ["list", "--spec", "platform.yaml"],
    ]);
  });
});
