import { meetsConstraint } from "../text/version-constraint.ts";
import type { SchemaNeed } from "./schema-origin.ts";

/**
 * Whether a version of a provider will do: the locked one alone, else any that all constraints allow. A prerelease is
 * taken only where it is named, as Terraform does.
 */
export function fitsNeed(
  version: string,
  { constraints }: Pick<SchemaNeed, "constraints">,
  locked: string | undefined,
): boolean {
  if (locked !== undefined) return version === locked;
  const all = constraints.length === 0 ? [">= 0"] : constraints;
  return all.every((constraint) => meetsConstraint(version, constraint));
}
