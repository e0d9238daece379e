import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { showIn } from "../run/project.ts";

const root = join(import.meta.dirname, "../..");
const bundles = readdirSync(join(root, "out"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("bundle.json"))
  .map((path) => path.split(/[\\/]/).slice(0, -1));

test("what the platforms of this repository are run with is committed", () => {
  expect(bundles.map((parts) => parts.join("/")).sort()).toEqual([
    "analytics/dev/compose",
    "orchestration/dev/airflow",
    "orchestration/prod/airflow",
  ]);
});

test.each(bundles)("out/%s/%s/%s is what the spec says", async (platform, environment, kind) => {
  const spec = `specs/${platform}/platform.yaml`;
  expect(
    await showIn(root, "generate", kind ?? "", environment ?? "", "--check", "--spec", spec),
  ).toMatchObject({
    code: 0,
    stdout: `out/${platform}/${environment}/${kind} is current\n`,
    stderr: "",
  });
});
