import { expect, test } from "vitest";
import { madeUpVariables } from "../../../src/targets/made-up-variables.ts";
import { platformOf } from "../compile-text.ts";

const SPEC = `
environments: { dev: {} }
variables:
  db_password: { sensitive: true }
  size: { type: number }
  zones: { type: "list(string)" }
  plain: {}
  usual: { default: kept }
stacks: { raw: { module: plain/any } }
`;

test("secrets are made up even where they are at hand; what is given and no secret, or has a default, stays", async () => {
  const { spec } = await platformOf(SPEC);
  const given = { TF_VAR_db_password: "hunter2", TF_VAR_plain: "given" };
  expect(madeUpVariables(spec, given)).toEqual({
    TF_VAR_db_password: "rehearsal-db-password",
    TF_VAR_size: "1",
    TF_VAR_zones: '["rehearsal-zones"]',
  });
});
