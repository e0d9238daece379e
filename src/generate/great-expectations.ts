import type { OutputFile } from "../emit/emit-platform.ts";
import type { TerraformObject } from "../emit/terraform-json.ts";
import { writeJson } from "../emit/write-json.ts";
import type { EnvironmentSuite } from "./environment-suites.ts";

/** Suites of Great Expectations 1.x, a file each: what `ExpectationSuite(**json.load(file))` takes. */
export function greatExpectationsFiles(suites: readonly EnvironmentSuite[]): readonly OutputFile[] {
  return suites.map(({ suite }) => {
    const expectations = suite.expectations.map(({ name, arguments: kwargs }) => ({
      type: name,
      kwargs,
      meta: {},
    }));
    // Nothing of it is read by Terraform: its texts are what they are.
    const json = { name: suite.name, expectations, meta: {} } as unknown as TerraformObject;
    return { path: `${suite.name}.json`, content: writeJson(json) };
  });
}
