import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCommandLine } from "../../../src/cli/program.ts";
import { TINY_MODULE } from "../stacks/platforms.ts";

let folder: string;

const SPEC = `version: 1
platform: p
state: { backend: http, config: { address: "https://states.example.com" } }
environments: { dev: {} }
stacks: { raw: { module: test/tiny }, job: { module: test/tiny } }
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-backends-"));
  write("modules/test/tiny/main.tf.json", TINY_MODULE);
  write("platform.yaml", SPEC);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function platc(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: "", err: "" };
  const stream = (name: "out" | "err"): NodeJS.WriteStream =>
    ({
      isTTY: false,
      write: (text: string) => Boolean((told[name] += text)),
    }) as unknown as NodeJS.WriteStream;
  const code = await runCommandLine(args, {
    environment: { PATH: process.env["PATH"], HOME: folder },
    cwd: folder,
    stdout: stream("out"),
    stderr: stream("err"),
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    now: () => new Date(0),
  });
  return { code, ...told };
}

const HINT =
  "runs need 's3', 'azurerm', 'gcs', 'pg' or 'local' under 'state'; compile works with every backend, and so does a rehearsal of a run: --target rehearsal";

test("doctor says that plan and apply refuse the backend", async () => {
  const { out } = await platc("doctor", "--json");
  const { findings } = JSON.parse(out) as { findings: readonly { readonly name: string }[] };
  expect(findings.filter(({ name }) => name === "state")).toEqual([
    {
      name: "state",
      status: "warn",
      message: "plan and apply refuse the 'http' backend, which 2 stacks have",
      hint: HINT,
    },
  ]);
});

test("what reads the backend says what can be done instead", async () => {
  expect((await platc("compile")).code).toBe(0);
  const refusal = `platc: platc cannot keep its records in the 'http' backend, nor read states there\n  ${HINT}\n`;
  const commands = ["approve", "state inventory", "state orphans", "state unlock dev/raw", "output dev/raw"];
  for (const command of commands)
    expect([command, await platc(...command.split(" "))]).toEqual([
      command,
      { code: 1, out: "", err: refusal },
    ]);
});

test("where one stack of several has such a backend, what the others hold is listed all the same", async () => {
  write(
    "platform.yaml",
    SPEC.replace("job: { module: test/tiny }", "job: { module: test/tiny, state: { backend: local } }"),
  );
  const refusal = `platc: platc cannot keep its records in the 'http' backend, nor read states there\n  ${HINT}\n`;
  expect(await platc("state", "inventory")).toEqual({ code: 0, out: "nothing is applied\n", err: refusal });
});

test("a workflow that could not run is written with warnings", async () => {
  const { code, out, err } = await platc("ci", "github", "--write");
  expect({ code, out }).toEqual({ code: 0, out: ".github/workflows/platc-p.yml written\n" });
  expect(err).toBe(`warning: the jobs run 'npm ci', and there is no package.json and no package-lock.json here
  keep platc in the repository: 'npm pack' in a checkout of platc, then 'npm install --save-dev ./platc-VERSION.tgz' here; commit the tarball, package.json and package-lock.json
warning: the jobs plan and apply, which is not possible with states in the 'http' backend
  ${HINT}, in CI 'ci: { github: { target: rehearsal } }'
`);
});

test("a workflow that can run is written without", async () => {
  write("platform.yaml", `${SPEC}ci: { github: { target: rehearsal } }\n`);
  write("package.json", "{}");
  write("package-lock.json", '{ "packages": { "node_modules/other": {} } }');
  expect((await platc("ci", "github")).err).toContain("it is not in package-lock.json");
  write("package-lock.json", '{ "packages": { "node_modules/platc": {} } }');
  expect(await platc("ci", "github", "--write")).toMatchObject({ code: 0, err: "" });
});

test.each([
  ["a link outside of the repository", { resolved: "../checkout", link: true }, "../checkout"],
  ["a link elsewhere on the disk", { resolved: "/opt/platc", link: true }, "/opt/platc"],
  ["a tarball outside of it", { resolved: "file:../../platc-0.1.0.tgz" }, "file:../../platc-0.1.0.tgz"],
  ["git on this machine", { resolved: "git+file:///opt/platc#1234" }, "git+file:///opt/platc#1234"],
])("a lock that takes platc from %s is no lock for the jobs", async (_, entry, place) => {
  write("platform.yaml", `${SPEC}ci: { github: { target: rehearsal } }\n`);
  write("package.json", "{}");
  write("package-lock.json", JSON.stringify({ packages: { "node_modules/platc": entry } }));
  const { code, err } = await platc("ci", "github", "--write");
  expect(code).toBe(0);
  expect(err).toBe(
    `warning: the jobs run 'npm ci', and package-lock.json takes platc from '${place}', which is on this machine alone
  keep platc in the repository: 'npm pack' in a checkout of platc, then 'npm install --save-dev ./platc-VERSION.tgz' here; commit the tarball, package.json and package-lock.json
`,
  );
});

test.each([
  ["the registry", { version: "0.1.0", resolved: "https://registry.npmjs.org/platc/-/platc-0.1.0.tgz" }],
  ["a registry that is not named", { version: "0.1.0" }],
  ["a tarball in the project", { version: "0.1.0", resolved: "file:vendor/platc-0.1.0.tgz" }],
  ["a package of the same project", { resolved: "packages/platc", link: true }],
  ["a repository", { version: "0.1.0", resolved: "git+ssh://git@example.com/platc.git#1234" }],
])("a lock that takes platc from %s is good for the jobs", async (_, entry) => {
  write("platform.yaml", `${SPEC}ci: { github: { target: rehearsal } }\n`);
  write("package.json", "{}");
  write("package-lock.json", JSON.stringify({ packages: { "node_modules/platc": entry } }));
  expect(await platc("ci", "github", "--write")).toMatchObject({ code: 0, err: "" });
});

test("what lies above the project and in its repository is good for the jobs", async () => {
  mkdirSync(join(folder, ".git"));
  write("shop/modules/test/tiny/main.tf.json", TINY_MODULE);
  write("shop/platform.yaml", `${SPEC}ci: { github: { target: rehearsal } }\n`);
  write("shop/package.json", "{}");
  const lock = { packages: { "node_modules/platc": { resolved: "file:../platc-0.1.0.tgz" } } };
  write("shop/package-lock.json", JSON.stringify(lock));
  expect(await platc("--spec", "shop/platform.yaml", "ci", "github", "--write")).toMatchObject({
    code: 0,
    err: "",
  });
});
