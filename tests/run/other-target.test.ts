import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { findPythonWithMoto } from "../e2e/python-with-moto.ts";
import { applied, compiled, makeProject, type Project, spec, stateFile } from "./project.ts";

const INVENTORY = "states/t/.platc/inventory/dev/raw.json";
const PROVIDERS =
  "terraform: { providers: { aws: { source: hashicorp/aws, config: { region: eu-west-1 } } } }\n";
const SPEC = spec(
  `${PROVIDERS}stacks: { raw: { module: aws/s3-bucket, inputs: { bucket: platc-other-target } } }`,
);

const python = findPythonWithMoto();
let project: Project;

describe.skipIf(!python)("a state in a file that another target has written", () => {
  beforeEach(async () => {
    project = makeProject({ "platform.yaml": SPEC });
    expect(await applied(project, "--target", "emulator")).toMatchObject({ code: 0 });
  });

  afterEach(async () => {
    await stopEmulator(project.root);
    project.remove(".");
  });

  test("is refused before anything starts, and can be given up there", async () => {
    const before = project.read(stateFile("dev/raw"));
    for (const words of [
      ["plan", "dev"],
      ["apply", "dev", "--auto-approve"],
      ["destroy", "dev", "--auto-approve"],
    ]) {
      const refused = await project.show(...words);
      expect(refused, words[0]).toMatchObject({
        code: 1,
        stdout: "",
        stderr:
          "platc: 'dev/raw' was applied on the emulator, and the state names what exists there alone: nothing was started against the cloud\n" +
          "  run this with '--target emulator'; to begin anew here, first 'platc destroy dev/raw --target emulator', also where the emulator has forgotten it\n",
      });
    }
    const tested = await project.run("test", "dev");
    expect(tested.events.at(-1)?.["outcomes"]).toMatchObject({
      "dev/raw": { status: "failed", hint: "test it there, with '--target emulator'" },
    });
    expect(project.read(stateFile("dev/raw"))).toBe(before);

    await project.show("emulator", "reset");
    expect(await project.run("destroy", "dev/raw", "--target", "emulator", "--auto-approve")).toMatchObject({
      code: 0,
      statuses: { "dev/raw": "destroyed" },
    });
    expect((await project.show("state", "inventory", "--target", "cloud")).stdout).toBe(
      "nothing is applied\n",
    );
  });

  test("is refused as well where it is one of the cloud, and left alone where it has left the spec", async () => {
    project.write("platform.yaml", spec(`${PROVIDERS}stacks: { other: { module: local/keep } }`));
    await compiled(project);
    const pruned = await project.run("apply", "dev", "--auto-approve", "--prune");
    expect(pruned).toMatchObject({ code: 0, statuses: { "dev/other": "applied" } });
    expect(pruned.events.at(-1)).toMatchObject({ orphans: ["dev/raw"] });
    expect(pruned.events.find(({ kind }) => kind === "note")).toMatchObject({
      message: "'dev/raw' was applied on another target (emulator), and stays there",
      hint: "put it back into the spec, then 'platc destroy dev/raw --target emulator'",
    });
    project.write("platform.yaml", SPEC);
    await compiled(project);
    // No cloud can be written to here: the inventory alone knows whose the state is.
    project.write(INVENTORY, project.read(INVENTORY).replace(/("target": ?)"emulator"/, '$1"cloud"'));
    const refused = await project.show("apply", "dev", "--target", "emulator", "--auto-approve");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(
      "'dev/raw' was applied in the cloud, and the state names what exists there alone: nothing was started against the emulator\n  run this with '--target cloud'",
    );
  });
});
