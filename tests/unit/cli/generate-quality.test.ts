import { afterAll, describe, expect, test } from "vitest";
import { makeProject } from "../../run/project.ts";

const spec = (column: string): string => `version: 1
platform: lab
state: { backend: local }
environments: { dev: {}, prod: {} }
quality:
  trips: { expectations: [{ expect_column_values_to_be_between: { column: ${JSON.stringify(column)}, min_value: 1 } }] }
  more: { expectations: [{ expect_column_to_exist: { column: id } }] }
stacks:
  data:
    environments: [dev]
    module: local/keep
    checks:
      trips: { quality: { suite: trips, s3: { bucket: lab, key: "*.csv" } } }
      more: { quality: { suite: more, postgres: { host: localhost }, table: trips } }
  later:
    environments: [prod]
    module: local/keep
    checks:
      unknown: { quality: { suite: more, postgres: { host: localhost }, table: "{{self.id}}" } }
`;
const project = makeProject({ "platform.yaml": spec("id") });

afterAll(() => project.remove("."));

describe.each([
  ["great-expectations", ["bundle.json", "more.json", "trips.json"]],
  [
    "dbt",
    [
      "bundle.json",
      "dbt_project.yml",
      "models/quality.yml",
      "tests/generic/platc_columns.sql",
      "tests/generic/platc_rows.sql",
      "tests/generic/platc_value.sql",
    ],
  ],
])("platc generate %s", (kind, files) => {
  const folder = `out/lab/dev/${kind}`;
  const count = files.length;

  test("writes its files, the same each time, and takes away what is no longer one", async () => {
    project.write("platform.yaml", spec("id"));
    const first = await project.show("generate", kind, "dev");
    expect(first).toMatchObject({
      code: 0,
      stdout: `${folder}: ${count} written, 0 removed, 0 unchanged\n`,
    });
    const { files: listed } = JSON.parse(project.read(`${folder}/bundle.json`)) as {
      files: readonly string[];
    };
    expect(["bundle.json", ...listed]).toEqual(files);
    for (const file of listed) expect(project.read(`${folder}/${file}`)).not.toBe("");
    const second = await project.show("generate", kind, "dev");
    expect(second.stdout).toBe(`${folder}: 0 written, 0 removed, ${count} unchanged\n`);
  });

  test("--check writes nothing, and fails where the spec says something else", async () => {
    const current = await project.show("generate", kind, "dev", "--check");
    expect(current).toMatchObject({ code: 0, stdout: `${folder} is current\n` });
    project.write("platform.yaml", spec("vendor"));
    const stale = await project.show("generate", kind, "dev", "--check");
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain(`${folder} is not what the spec says: `);
    expect(stale.stderr).toContain(`'platc generate ${kind} dev' writes it`);
    const changed = kind === "dbt" ? "models/quality.yml" : "trips.json";
    expect(project.read(`${folder}/${changed}`)).not.toContain("vendor");
    expect((await project.show("generate", kind, "dev")).stdout).toContain(": 1 written");
    expect(project.read(`${folder}/${changed}`)).toContain("vendor");
  });

  test("--out names another folder, and nothing of somebody else's is written over", async () => {
    const [, own = ""] = files;
    project.write(`elsewhere/${kind}/${own}`, "mine");
    const refused = await project.show("generate", kind, "dev", "--out", `elsewhere/${kind}`);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`platc did not write '${own}' in elsewhere/${kind}`);
    expect(project.read(`elsewhere/${kind}/${own}`)).toBe("mine");
    project.remove(`elsewhere/${kind}/${own}`);
    const written = await project.show("generate", kind, "dev", "--out", `elsewhere/${kind}`);
    expect(written.stdout).toBe(`elsewhere/${kind}: ${count} written, 0 removed, 0 unchanged\n`);
  });

  test("says what is wrong, and how to mend it", async () => {
    const told = async (environment: string): Promise<string> =>
      (await project.show("generate", kind, environment)).stderr;
    expect(await told("pord")).toContain("there is no environment 'pord'");
    expect(await told("pord")).toContain("the environments are 'dev', 'prod'");
    expect(await told("prod")).toContain("what 'prod/later unknown' expects is not known before an apply");
    project.write("platform.yaml", spec("id").replace(/ {4}checks:\n {6}unknown.*\n/, ""));
    expect(await told("prod")).toContain("environment 'prod' holds no data against an entry of 'quality'");
  });
});

test("a column that dbt would read as an expression is refused, and taken by Great Expectations", async () => {
  project.write("platform.yaml", spec("\\{{ x }}"));
  const { code, stderr } = await project.show("generate", "dbt", "dev");
  expect(code).toBe(1);
  expect(stderr).toContain('dbt would read the name "{{ x }}" as an expression');
  expect(stderr).toContain("leave that column out of 'quality'");
  expect((await project.show("generate", "great-expectations", "dev")).code).toBe(0);
});
