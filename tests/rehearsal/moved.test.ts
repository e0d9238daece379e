import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rehearsalFolder } from "../../src/stacks/rehearsed-platform.ts";
import { compiled, makeProject, type Project } from "../run/project.ts";
import {
  FROM_PACKS,
  lacksTerraform,
  rehearse,
  rehearseApply,
  resourceCounts,
  touched,
  worldOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const SPEC = `version: 1
platform: t
terraform: { providers: { aws: { source: hashicorp/aws, version: "~> 5.100", config: { region: eu-west-1 } } } }
state: { backend: local, config: { path: states } }
environments: { dev: {} }
stacks:
  raw: { module: aws/s3-bucket, inputs: { bucket: shop-raw } }
`;
const ADDRESS = "dev/raw";

describe.skipIf(reason !== "")(
  `a rehearsed stack that moves, or was cut short${reason}`,
  { timeout: 120_000 },
  () => {
    let project: Project;

    beforeEach(async () => {
      project = makeProject({ "platform.yaml": SPEC });
      Object.assign(project.environment, FROM_PACKS);
      await compiled(project);
    });

    afterEach(() => project.remove("."));

    /** As an apply leaves it that made resources of a type and ended before it was told. */
    const forget = (type: string): void => {
      const path = `${rehearsalFolder("t")}/states/${ADDRESS}/terraform.tfstate`;
      const state = JSON.parse(project.read(path)) as { serial: number; resources: { type: string }[] };
      const resources = state.resources.filter((resource) => resource.type !== type);
      project.write(path, JSON.stringify({ ...state, serial: state.serial + 1, resources }));
    };

    test("a destroy before any apply finds it at its earlier address", async () => {
      expect(await rehearseApply(project, "dev")).toMatchObject({ code: 0 });
      project.write("platform.yaml", SPEC.replace("raw: {", "base: { address: storage/base, moved: [raw],"));
      await compiled(project);
      const destroyed = await rehearse(project, "destroy", "dev", "--auto-approve");
      expect(destroyed, destroyed.stdout.slice(-2000)).toMatchObject({
        code: 0,
        statuses: { "dev/storage/base": "destroyed" },
      });
      expect(worldOf(project, "t")).toEqual([]);
    });

    test("its state is carried over the empty one that was laid down, with its resources", async () => {
      expect(await rehearseApply(project, "dev")).toMatchObject({ code: 0 });
      const made = worldOf(project, "t");
      const count = resourceCounts(project, "t")[ADDRESS];
      project.write("platform.yaml", SPEC.replace("raw: {", "base: { address: storage/base, moved: [raw],"));
      await compiled(project);
      const apply = await rehearseApply(project, "dev");
      expect(apply, apply.stdout.slice(-2000)).toMatchObject({ code: 0 });
      expect(touched(apply)).toEqual({ "dev/storage/base": "+0 ~0 -0" });
      expect(resourceCounts(project, "t")).toEqual({ "dev/storage/base": count });
      expect(worldOf(project, "t")).toEqual(made);
      expect(await rehearse(project, "destroy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
      expect(worldOf(project, "t")).toEqual([]);
    });

    test("what was made and is in no state is said to be there, and is taken over by an import", async () => {
      expect(await rehearseApply(project, "dev")).toMatchObject({ code: 0 });
      const made = worldOf(project, "t");
      forget("aws_s3_bucket");

      const again = await rehearseApply(project, "dev");
      expect(again.code).toBe(1);
      const outcome = again.events.findLast(({ kind }) => kind === "stack-finished")?.outcome;
      expect(outcome).toMatchObject({
        message: 'aws_s3_bucket "shop-raw" already exists',
        hint: expect.stringMatching(/another stack.*an earlier apply.*id: "shop-raw".*rehearsal reset/s),
      });

      const taken = "refactor: { import: [{ to: module.raw.aws_s3_bucket.this, id: shop-raw }] },";
      project.write("platform.yaml", SPEC.replace("raw: {", `raw: { ${taken}`));
      await compiled(project);
      const finished = await rehearseApply(project, "dev");
      expect(finished, finished.stdout.slice(-2000)).toMatchObject({ code: 0 });
      expect(worldOf(project, "t")).toEqual(made);
    });
  },
);
