import { expect, test } from "vitest";
import {
  applyCommand,
  forceUnlockCommand,
  initCommand,
  planCommand,
  providersLockCommand,
  showPlanCommand,
} from "../../../src/terraform/commands.ts";

function line(command: { readonly arguments: readonly string[] }): string {
  return command.arguments.join(" ");
}

test("commands as Terraform spells them", () => {
  expect(line(initCommand({ hasLockFile: true }))).toBe("init -input=false -no-color -lockfile=readonly");
  expect(line(initCommand({ hasLockFile: false, isReconfigured: true }))).toBe(
    "init -input=false -no-color -reconfigure",
  );
  expect(line(planCommand({ planFile: "p", lockTimeout: "10s", parallelism: 4 }))).toBe(
    "plan -json -input=false -out=p -lock-timeout=10s -parallelism=4",
  );
  expect(line(planCommand({ planFile: "p", mode: "destroy", isLocking: false, isRefreshing: false }))).toBe(
    "plan -json -input=false -out=p -destroy -refresh=false -lock=false",
  );
  expect(line(planCommand({ planFile: "p", mode: "refresh-only" }))).toBe(
    "plan -json -input=false -out=p -refresh-only",
  );
  expect(line(showPlanCommand("p"))).toBe("show -json -no-color p");
  expect(line(applyCommand({ planFile: "p", lockTimeout: "10s" }))).toBe(
    "apply -json -input=false -lock-timeout=10s p",
  );
  expect(line(forceUnlockCommand("id"))).toBe("force-unlock -force id");
  expect(line(providersLockCommand({ platforms: ["linux_amd64", "darwin_arm64"], mirror: "/m" }))).toBe(
    "providers lock -no-color -fs-mirror=/m -platform=linux_amd64 -platform=darwin_arm64",
  );
});
