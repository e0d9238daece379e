import { meetsConstraint } from "../../text/version-constraint.ts";

/**
 * The version of OpenTofu that a workflow sets up: the pinned one where it meets the constraint of the spec, else the
 * constraint as npm spells ranges, which is what the action takes. What ranges cannot say (`!=`) is left to platc.
 */
export function tofuVersion(pinned: string, requiredVersion: string | undefined): string {
  if (requiredVersion === undefined || meetsConstraint(pinned, requiredVersion)) return pinned;
  const terms = requiredVersion.split(",").map((term) => term.trim());
  return terms.filter((term) => !term.startsWith("!=")).join(" ");
}
