import { expect, test } from "vitest";
import { terraformReference } from "../../../src/text/terraform-reference.ts";

test.each([
  ["${aws_s3_bucket.this.arn}", "resource"],
  ["${ aws_s3_bucket.this[0].arn }", "resource"],
  ['${aws_s3_bucket.this["a b"].arn}', "resource"],
  ["arn:${aws_s3_bucket.this.arn}/*", "resource"],
  ["${module.raw.id}", "module"],
  ["${data.aws_region.current.name}", "data"],
  ["${var.region}", "var"],
  ["${local.a.b}", "local"],
  ["${each.value.name}", "each"],
  ["${path.module}", "path"],
  ["${terraform.workspace}", "workspace"],
  ["${dependency.vpc.outputs.id}", "dependency"],
])("%s is a reference of Terraform", (text, kind) => {
  expect(terraformReference(text)?.kind).toBe(kind);
});

test.each([
  "plain",
  "${HOME}",
  "${HOME}/bin:${PATH}",
  "${name:-x}",
  "${server.port}",
  "${hadoop.version}",
  "${spring.data.name}",
  "${1 + 1}",
  "x-${var.region}",
  "$${module.raw.id}",
  "echo ${module.raw.id}",
  "#!/bin/sh\n${module.raw.id}",
])("%j may be meant for another program", (text) => {
  expect(terraformReference(text)).toBeUndefined();
});
