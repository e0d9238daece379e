import { expect, test } from "vitest";
import { configurationFiles } from "../../../src/modules/configuration-files.ts";

/** What OpenTofu 1.12.6 and Terraform 1.11 do with these: tests/terraform/configuration-files.test.ts. */
const NAMES = [
  ".hidden.tf",
  ".hidden.tofu",
  "both.tf",
  "both.tf.json",
  "both.tofu",
  "json.tf",
  "json.tf.json",
  "json.tofu.json",
  "own.tofu",
  "tests.tofutest.hcl",
  "values.tfvars",
];

test("Terraform reads .tf and .tf.json files, and no others", () => {
  expect(configurationFiles(NAMES, "terraform")).toEqual([
    "both.tf",
    "both.tf.json",
    "json.tf",
    "json.tf.json",
  ]);
});

test("OpenTofu takes x.tofu in place of x.tf, and x.tofu.json in place of x.tf.json", () => {
  expect(configurationFiles(NAMES, "opentofu")).toEqual([
    "both.tf.json",
    "both.tofu",
    "json.tf",
    "json.tofu.json",
    "own.tofu",
  ]);
});

test("files of the same name in other folders stay", () => {
  const paths = ["modules/a/b/main.tf", "modules/a/b/.x.tf", "modules/a/c/main.tofu"];
  expect(configurationFiles(paths, "opentofu")).toEqual(["modules/a/b/main.tf", "modules/a/c/main.tofu"]);
});
