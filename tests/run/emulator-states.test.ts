import { afterEach, expect, test } from "vitest";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { findPythonWithMoto } from "../e2e/python-with-moto.ts";
import { compiled, makeProject, type Project, spec } from "./project.ts";

const python = findPythonWithMoto();
let project: Project;

afterEach(async () => {
  await stopEmulator(project.root);
  project.remove(".");
});

test.skipIf(!python)("stop and reset say which states in files stay when the emulator forgets", async () => {
  project = makeProject({ "platform.yaml": spec("stacks: { one: { module: local/keep } }") });
  await compiled(project);
  const applied = await project.run("apply", "dev", "--target", "emulator", "--auto-approve");
  expect(applied).toMatchObject({ code: 0 });
  const stays = "the states of 'dev/one' lie in files, and stay: an apply with --refresh sees what is gone";
  const reset = await project.show("emulator", "reset");
  expect(reset.stdout).toMatch(/^the emulator at \S+ is empty: what was made in it is gone\n/);
  expect(reset.stdout).toContain(stays);
  const stop = await project.show("emulator", "stop");
  expect(stop.stdout).toMatch(/^the emulator has ended, and what was made in it is gone\n/);
  expect(stop.stdout).toContain(stays);
  const again = await project.show("emulator", "stop", "--json");
  expect(JSON.parse(again.stdout)).toEqual({ running: false, wasRunning: false, leftStates: ["dev/one"] });
  project.remove("states");
  await project.show("emulator", "start");
  expect((await project.show("emulator", "stop")).stdout).toBe(
    "the emulator has ended, and what was made in it is gone\n",
  );
});
