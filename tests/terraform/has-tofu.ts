import { findTerraform } from "../../src/terraform/find-terraform.ts";

const found = await findTerraform({
  environment: { ...process.env, PLATC_TERRAFORM: "tofu" },
  constraint: ">= 1.10",
});

/** For the names of tests that need OpenTofu: why they are skipped here, or nothing. */
export const LACKS_TOFU: string = found.status === "missing" ? ` (skipped: ${found.message})` : "";
