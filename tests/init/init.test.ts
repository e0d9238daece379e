import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeScratchFolder, type ScratchFolder } from "./scratch-folder.ts";

const RULE =
  "a name is lower-case letters, digits and single dashes, beginning with a letter, like 'raw-layer', and has at most 40 of them";
const TEMPLATES = "empty, d2b, analytics, orchestration, dataops-lab, workflow";
/** The tests run in a checkout of platc, which is in no registry. */
const LINKED =
  "package.json takes platc from a place on this machine: name a version, or a tarball in the repository, before GitHub runs it";

let folder: ScratchFolder;

beforeEach(() => {
  folder = makeScratchFolder();
});
afterEach(() => folder.remove());

describe("the list of templates", () => {
  test("has what each says of itself", async () => {
    const { code, out } = await folder.platc("init", "--list");
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.split(" ")[0])).toEqual([...TEMPLATES.split(", "), ""]);
    expect(out).toContain(
      "analytics      SQL over data lakes for many customers, on Azure and Kubernetes.\n",
    );
    expect(folder.files()).toEqual([]);
  });

  test("can be read by programs", async () => {
    const { out } = await folder.platc("init", "--list", "--json");
    expect(JSON.parse(out)).toContainEqual({
      name: "empty",
      description: "A bucket and a role that writes into it. A platform of your own grows from here.",
    });
  });
});

describe("without a terminal", () => {
  test.each([
    [
      [],
      "no template is named, and nobody is here to ask",
      `name one with --template: ${TEMPLATES}; 'platc init --list' says what they are`,
    ],
    [["--template", "workfow"], "there is no template 'workfow'", "did you mean 'workflow'?"],
    [
      ["--template", "cobol"],
      "there is no template 'cobol'",
      `the templates are ${TEMPLATES.replace(/[\w-]+/g, "'$&'")}`,
    ],
    [["--template", "empty", "--name", "My Shop"], "'My Shop' cannot be the name of a platform", RULE],
    [
      ["Shop 2", "--template", "empty"],
      "'Shop 2' cannot be the name of a platform",
      `${RULE}; name the platform with --name`,
    ],
  ])("%j is wrong usage, and nothing is written", async (args, message, hint) => {
    expect(await folder.platc("init", ...args)).toEqual({
      code: 64,
      out: "",
      err: `platc: ${message}\n  ${hint}\n`,
    });
    expect(folder.files()).toEqual([]);
  });

  test("a name that the template has no room for is told where it does not fit", async () => {
    const name = "abcdefghij-abcdefghij-abcdefghij-abcdefg";
    const { code, err } = await folder.platc("init", "--template", "workflow", "--name", name);
    expect(code).toBe(1);
    expect(err).toContain("error[failed-validation]: 'name' is not what module 'aws/lambda-function' takes");
    expect(err).toContain(
      `platc: the template 'workflow' does not compile under the name '${name}'; nothing was written\n  take a shorter one with --name\n`,
    );
    expect(folder.files()).toEqual([]);
  });

  test("a new folder gives the platform its name, and what comes next is told", async () => {
    const { code, out, err } = await folder.platc("init", "shop", "--template", "empty");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const count = folder.files().length;
    expect(out)
      .toBe(`'shop' begins with the template 'empty': 6 stacks in 2 environments, ${count} files written
  specs/shop/platform.yaml          the platform: edit this
  out/shop                          the Terraform that it compiles to
  .github/workflows/platc-shop.yml  plans pull requests, applies what is merged
  README.md                         what to do next, and what to change first
note: ${LINKED}
next:
  cd shop
  npm install
  npx platc apply dev --target rehearsal --auto-approve=deferred --install
`);
    expect(folder.read("shop/specs/shop/platform.yaml")).toContain("\nplatform: shop\n");
    expect(folder.read("shop/specs/shop/platform.yaml")).toContain("\n  prefix: shop #");
  });

  test("a tarball of platc that the project keeps is one that GitHub has too", async () => {
    folder.write("package.json", JSON.stringify({ devDependencies: { platc: "file:platc-0.1.0.tgz" } }));
    const { out } = await folder.platc("init", "--template", "empty", "--name", "shop", "--json");
    expect(JSON.parse(out)).toMatchObject({ notes: [] });
  });

  test("what was done can be read by programs", async () => {
    const { out } = await folder.platc("init", "--template", "empty", "--name", "shop", "--json");
    const told = JSON.parse(out) as { written: string[] };
    expect(told).toMatchObject({ template: "empty", name: "shop", folder: folder.root, notes: [LINKED] });
    expect(told.written.sort()).toEqual(folder.files());
  });
});

describe("on a terminal", () => {
  test("the template is asked for by number or name and the name after it, until both are good", async () => {
    const { code, out } = await folder.typed(["dtb", "7", "1", "Shop", "shop"], "init");
    expect(code).toBe(0);
    expect(out).toContain("Which template?\n  1  empty          A bucket and");
    expect(out).toContain("there is no template 'dtb': did you mean 'd2b'?\n");
    expect(out).toContain("there is no template '7': the templates are 'empty', 'd2b', ");
    expect(out).toContain(`'Shop' cannot be the name of a platform: ${RULE}\n`);
    expect(out).toContain("'shop' begins with the template 'empty'");
  });

  test("an empty answer takes what is offered", async () => {
    const { code, out } = await folder.typed(["", ""], "init", "shop");
    expect(code).toBe(0);
    expect(out).toContain("Name of the platform, with which global names begin [shop]: ");
    expect(out).toContain("'shop' begins with the template 'empty'");
  });

  test("who ends the input has nothing written", async () => {
    expect(await folder.typed(["empty"], "init")).toMatchObject({
      code: 130,
      err: "platc: nothing was written\n",
    });
    expect(folder.files()).toEqual([]);
  });
});

describe("a folder that is in use", () => {
  const init = () => folder.platc("init", "--template", "empty", "--name", "shop");

  test("keeps every file that would become another one, and nothing is written", async () => {
    folder.write("specs/shop/platform.yaml", "mine\n");
    folder.write("out/shop/manifest.json", "{}\n");
    expect(await init()).toEqual({
      code: 1,
      out: "",
      err: `platc: 2 files in '.' are there already and would become something else; nothing was written:
    specs/shop/platform.yaml
    out/shop/manifest.json
  name another folder, 'platc init FOLDER', or another platform with --name; or move them away
`,
    });
    expect(folder.files()).toEqual(["out/shop/manifest.json", "specs/shop/platform.yaml"]);
    expect(folder.read("specs/shop/platform.yaml")).toBe("mine\n");
  });

  test("a folder in the place of a file is in the way too", async () => {
    folder.write("specs/shop/platform.yaml/x", "");
    expect((await init()).err).toContain("    specs/shop/platform.yaml\n");
    expect(folder.files()).toEqual(["specs/shop/platform.yaml/x"]);
  });

  test("has its package.json, git files and settings added to, and its README beside the spec", async () => {
    folder.write("package.json", '{\n\t"name": "mine",\n\t"dependencies": { "platc": "1.0.0" }\n}\n');
    folder.write(".gitignore", "*.log\nnode_modules/\n");
    folder.write(".gitattributes", "*.png binary\n");
    folder.write(".vscode/settings.json", '{ "editor.tabSize": 2, "yaml.customTags": ["!mine scalar"] }\n');
    folder.write("README.md", "# Mine\n");
    const { code, out } = await init();
    expect({ code, isLinked: out.includes(LINKED) }).toEqual({ code: 0, isLinked: false });
    expect(folder.read("README.md")).toBe("# Mine\n");
    expect(folder.read("specs/shop/README.md")).toMatch(/^# shop\n/);
    expect(folder.read("package.json")).toBe(
      '{\n\t"name": "mine",\n\t"dependencies": {\n\t\t"platc": "1.0.0"\n\t},\n\t"platc": {\n\t\t"spec": "specs/shop/platform.yaml"\n\t}\n}\n',
    );
    expect(folder.read(".gitignore")).toBe(
      "*.log\nnode_modules/\n\n# What tools leave behind\n.platc/\n.terraform/\n__pycache__/\n*.pyc\n",
    );
    expect(folder.read(".gitattributes")).toMatch(/^\*\.png binary\n\n# Written by platc\nout\/\*\* /);
    expect(JSON.parse(folder.read(".vscode/settings.json"))).toEqual({
      "editor.tabSize": 2,
      "yaml.customTags": ["!mine scalar", "!raw scalar", "!unset scalar", "!replace mapping"],
      "yaml.schemas": {
        "./specs/shop/platform.schema.json": "specs/shop/platform.yaml",
        "./specs/shop/rehearsal.schema.json": "specs/shop/rehearsal.yaml",
      },
    });
  });

  test("settings with comments stay, and it is told what they lack", async () => {
    const settings = '{\n  // mine\n  "editor.tabSize": 2\n}\n';
    folder.write(".vscode/settings.json", settings);
    const { code, out } = await init();
    expect(code).toBe(0);
    expect(out).toContain(
      `note: '.vscode/settings.json' is no plain JSON and stays as it is: add {"yaml.schemas":{"./specs/shop/platform.schema.json":"specs/shop/platform.yaml","./specs/shop/rehearsal.schema.json":"specs/shop/rehearsal.yaml"},`,
    );
    expect(folder.read(".vscode/settings.json")).toBe(settings);
  });

  test("a second platform stands beside the first one, and its commands name its spec", async () => {
    await init();
    const { code, out } = await folder.platc("init", "--template", "workflow", "--name", "walk");
    expect(code).toBe(0);
    expect(out).toContain(
      "npx platc apply dev --target rehearsal --auto-approve=deferred --install --spec specs/walk/platform.yaml\n",
    );
    expect(JSON.parse(folder.read("package.json"))).toMatchObject({
      platc: { spec: "specs/shop/platform.yaml" },
    });
    expect(folder.read("specs/walk/README.md")).toContain("npx platc check --spec specs/walk/platform.yaml");
    expect(Object.keys(JSON.parse(folder.read(".vscode/settings.json"))["yaml.schemas"])).toHaveLength(4);
    expect(await folder.platc("check", "--spec", "specs/walk/platform.yaml")).toMatchObject({ code: 0 });
  });

  test("a file is no folder, and platc's own folder is no place for a project", async () => {
    folder.write("shop", "");
    const hint = "  name a new or an empty folder: 'platc init FOLDER'\n";
    expect(await folder.platc("init", "shop", "--template", "empty")).toEqual({
      code: 64,
      out: "",
      err: `platc: 'shop' is a file\n${hint}`,
    });
    expect(await folder.platc("init", process.cwd(), "--template", "empty")).toEqual({
      code: 64,
      out: "",
      err: `platc: this is the folder of platc itself\n${hint}`,
    });
  });

  test("what the disk refuses is told", async () => {
    symlinkSync("nowhere/README.md", join(folder.root, "README.md"));
    const { code, err } = await init();
    expect(code).toBe(1);
    expect(err).toBe(
      `platc: '${folder.root}/README.md' cannot be written (ENOENT)\n  give yourself the right to write there, or name another folder: 'platc init FOLDER'\n`,
    );
  });

  test("a place where a folder is a file is told", async () => {
    folder.write(".github", "");
    const { code, err } = await init();
    expect(code).toBe(1);
    expect(err).toContain("    .github/workflows/platc-shop.yml\n");
    expect(folder.files()).toEqual([".github"]);
  });

  test("a second time there is nothing to write", async () => {
    await init();
    const before = folder.files();
    expect((await init()).out).toContain(", 0 files written\n");
    expect(folder.files()).toEqual(before);
  });

  test("a folder within a repository is told that its workflow is not read there", async () => {
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    const { out } = await folder.platc("init", "shop", "--template", "empty");
    expect(out).toContain(
      `note: GitHub runs workflows of the repository's root alone, which is '${folder.root}'\n`,
    );
  });

  test("a module of the project takes the place of the one that platc ships", async () => {
    folder.write(
      "modules/aws/s3-bucket/main.tf",
      'variable "bucket" { type = string }\noutput "bucket" { value = var.bucket }\n',
    );
    const { code, err } = await init();
    expect(code).toBe(1);
    expect(err).toContain("error[unknown-output]: stack 'raw' has no output 'arn'");
    expect(err).toContain("\n  what lies in 'modules' here takes the place of platc's modules: ");
  });
});
