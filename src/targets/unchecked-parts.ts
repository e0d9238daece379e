import type { RehearsalCounts } from "../rehearsal/rehearsal-counts.ts";
import type { UncheckedPart } from "../rehearsal/rehearsal-report.ts";
import type { Stack } from "../stacks/stack.ts";
import { byCodePoint } from "../text/compare.ts";

/**
 * What a rehearsal of some stacks left open, each part with its number; parts with nothing in them are left out.
 * Provisioners are given by their stack's address.
 */
export function uncheckedParts(
  counts: RehearsalCounts,
  droppedProvisioners: readonly ReadonlyMap<string, readonly string[]>[],
  stacks: readonly Stack[],
): readonly UncheckedPart[] {
  const checks = stacks.flatMap((stack) => stack.checks.map((check) => `${stack.address} ${check.name}`));
  const steps = stacks.flatMap((stack) => stack.steps.map((step) => `${stack.address} ${step.name}`));
  const dropped = droppedProvisioners.flatMap((kindsByAddress) => [...kindsByAddress]);
  const provisioners = dropped
    .sort(([left], [right]) => byCodePoint(left, right))
    .flatMap(([address, kinds]) => kinds.map((kind) => `${address} ${kind}`));
  const parts: readonly UncheckedPart[] = [
    listed(
      counts.typesWithoutOverlay,
      "type of which only the schema is known",
      "types of which only the schema is known",
    ),
    ...unvalidated(counts),
    {
      count: counts.consumedValues,
      what: worded(
        counts.consumedValues,
        "made-up value that another resource was given",
        "made-up values that other resources were given",
      ),
      names: [],
    },
    listed(
      counts.assumedParents,
      "thing that a resource stands in, and that is taken to exist",
      "things that resources stand in, and that are taken to exist",
    ),
    listed(provisioners, "provisioner that was left out", "provisioners that were left out"),
    listed(steps, "step that was not run", "steps that were not run"),
    listed(checks, "smoke test that was not run", "smoke tests that were not run"),
  ];
  return parts.filter(({ count }) => count > 0);
}

/** Terraform checks kinds and names of arguments; what a value may be, the provider's program alone knows. */
function unvalidated({ types }: RehearsalCounts): readonly UncheckedPart[] {
  const count = Object.values(types).filter(({ made, changed }) => made + changed > 0).length;
  const rules = "that the provider's own program validates: names, ranges, CIDRs, JSON";
  return [
    { count, what: worded(count, `type with values ${rules}`, `types with values ${rules}`), names: [] },
  ];
}

function listed(names: readonly string[], one: string, many: string): UncheckedPart {
  return { count: names.length, what: worded(names.length, one, many), names };
}

function worded(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
