import { expect, test } from "vitest";
import { lockProblems } from "../../../src/terraform/lock-problems.ts";

const LOCK = `provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = "~> 5.100"
}

provider "registry.terraform.io/hashicorp/random" {
  version = "3.6.0"
}
`;
const aws = { source: "registry.terraform.io/hashicorp/aws", constraints: ["~> 5.100", ">= 5.80, < 7.0"] };
const random = { source: "registry.terraform.io/hashicorp/random", constraints: [] };

test("a lock fits that has exactly what is needed, at versions that all constraints allow", () => {
  expect(lockProblems(LOCK, [aws, random])).toEqual([]);
});

test("everything that does not fit is told", () => {
  expect(lockProblems(undefined, [aws])).toEqual(["'registry.terraform.io/hashicorp/aws' is not locked"]);
  expect(lockProblems(LOCK, [{ ...aws, constraints: ["~> 6.0", ">= 5.80"] }])).toEqual([
    "'registry.terraform.io/hashicorp/aws' is locked at 5.100.0, which does not meet '~> 6.0'",
    "'registry.terraform.io/hashicorp/random' is locked, and no stack needs it",
  ]);
});

test("where the spec says which of the two runs, the lock is for that one", () => {
  const twin = "registry.opentofu.org/hashicorp/aws";
  const ofTofu = { source: twin, twin: aws.source, constraints: aws.constraints };
  expect(lockProblems(LOCK, [ofTofu, random], "tofu")).toEqual([
    `'${twin}' is not locked, only '${aws.source}'`,
  ]);
  expect(lockProblems(LOCK, [ofTofu, random])).toEqual([]);
});

test("a lock for one of Terraform and OpenTofu is enough; what it has for both must fit", () => {
  const twin = "registry.opentofu.org/hashicorp/aws";
  const ofTofu = LOCK.replace("registry.terraform.io/hashicorp/aws", twin);
  expect(lockProblems(ofTofu, [{ ...aws, twin }, random])).toEqual([]);
  expect(lockProblems(LOCK + ofTofu.replace("5.100.0", "5.1.0"), [{ ...aws, twin }, random])).toEqual([
    `'${twin}' is locked at 5.1.0, which does not meet '~> 5.100'`,
    `'${twin}' is locked at 5.1.0, which does not meet '>= 5.80, < 7.0'`,
  ]);
});
