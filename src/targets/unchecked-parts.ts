import type { RehearsedEmitter } from "../emit/rehearsed-emitter.ts";
import type { RehearsalCounts } from "../rehearsal/rehearsal-counts.ts";
import type { UncheckedPart } from "../rehearsal/rehearsal-report.ts";
import type { Stack } from "../stacks/stack.ts";

/** What a rehearsal of some stacks left open, each part with its number; parts with nothing in them are left out. */
export function uncheckedParts(
  counts: RehearsalCounts,
  { droppedProvisioners }: Pick<RehearsedEmitter, "droppedProvisioners">,
  stacks: readonly Stack[],
): readonly UncheckedPart[] {
  const checks = stacks.flatMap((stack) => stack.checks.map((check) => `${stack.address} ${check.name}`));
  const provisioners = [...droppedProvisioners].flatMap(([address, kinds]) =>
    kinds.map((kind) => `${address} ${kind}`),
  );
  const parts: readonly UncheckedPart[] = [
    part("types of which only the schema is known", counts.typesWithoutOverlay),
    { count: counts.consumedValues, what: "made-up values that other resources were given", names: [] },
    part("provisioners that were left out", provisioners),
    part("smoke tests that were not run", checks),
  ];
  return parts.filter(({ count }) => count > 0);
}

function part(what: string, names: readonly string[]): UncheckedPart {
  return { count: names.length, what, names };
}
