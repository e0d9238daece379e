import type { ApprovedValue } from "./approval.ts";
import type { ValueDifference } from "./compare-values.ts";
import { formatPath } from "./format-path.ts";
import { quoteText } from "./quote-text.ts";

/** A sentence about one difference. Where either side is sensitive it shows neither. */
export function describeDifference(found: {
  readonly address: string;
  readonly side: "before" | "after";
  readonly difference: ValueDifference;
}): string {
  const { approved, actual, path } = found.difference;
  const subject = path.length === 0 ? `'${found.address}'` : `'${formatPath(path)}' of '${found.address}'`;
  const isSecret = holdsHash(approved) || holdsHash(actual) || path.includes("(sensitive)");
  if (found.side === "before") {
    if (isSecret) return `${subject} (sensitive) has another value than when the plan was shown.`;
    return `${subject} was ${describe(approved)} when the plan was shown, and is ${describe(actual)} now.`;
  }
  if (isSecret) return `${subject} (sensitive) would get another value than was shown.`;
  return `${subject} was shown to become ${describe(approved)}, now it would be ${describe(actual)}.`;
}

function holdsHash(value: ApprovedValue | undefined): boolean {
  if (value?.kind === "list") return value.items.some(holdsHash);
  if (value?.kind === "map") return value.hashedKeys === true || [...value.entries.values()].some(holdsHash);
  return value?.kind === "hash";
}

function describe(value: ApprovedValue | undefined): string {
  switch (value?.kind) {
    case undefined:
      return "not there";
    case "unknown":
      return "known only after apply";
    case "hash":
      return "sensitive";
    case "number":
      return value.digits;
    case "list":
      return counted(value.items.length, "element", "a list");
    case "map":
      return counted(value.entries.size, "entry", "a map");
    case "scalar":
      return typeof value.value === "string" ? quoteText(value.value) : String(value.value);
  }
}

function counted(count: number, one: "element" | "entry", collection: string): string {
  const many = one === "entry" ? "entries" : "elements";
  return `${collection} of ${count} ${count === 1 ? one : many}`;
}
