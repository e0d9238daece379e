import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type BuiltPlatc, buildPlatc } from "./platc-process.ts";
import { compiled, makeProject, type Project, spec, until } from "./project.ts";

/** Real Terraform, but that it says when it is about to show a plan, and takes its time for that. */
const SLOW_SHOW = `#!/bin/sh
case " $* " in *" show "*)
  sleep 60 &
  trap 'kill $!; exit 1' INT
  touch "$PLACE/showing"
  wait ;;
esac
exec terraform "$@"
`;

let platc: BuiltPlatc;
let project: Project;

beforeAll(async () => {
  platc = await buildPlatc();
});
afterAll(() => platc.remove());
afterEach(() => project.remove("."));

test("a stack whose plan is being read when Ctrl-C comes is interrupted, and has not failed", async () => {
  project = makeProject({
    "platform.yaml": spec("stacks: { one: { module: local/keep } }"),
    "slow.sh": SLOW_SHOW,
  });
  chmodSync(join(project.root, "slow.sh"), 0o755);
  await compiled(project);
  project.environment["PLACE"] = project.root;
  project.environment["PLATC_TERRAFORM"] = join(project.root, "slow.sh");
  const { child, ended } = platc.start(project, "apply", "dev", "--auto-approve");
  await until(() => existsSync(join(project.root, "showing")), "the plan is shown");
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 130, statuses: { "dev/one": "interrupted" } });
});
