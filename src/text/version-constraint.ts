import { compareVersions, parseVersion, type Version } from "./version.ts";

interface Term {
  readonly operator: string;
  readonly text: string;
  /** Undefined where the text is none. */
  readonly version: Version | undefined;
}

/** Whether a version meets a constraint in Terraform's own syntax, such as `>= 1.10, < 2.0` or `~> 1.11`. */
export function meetsConstraint(version: string, constraint: string): boolean {
  const actual = parseVersion(version);
  if (!actual) return false;
  return constraint
    .split(",")
    .map((term) => term.trim())
    .filter((term) => term !== "")
    .every((term) => meetsTerm(actual, term));
}

/**
 * The first term of a constraint that Terraform cannot read. The versions of providers have at most three numbers and no `v`;
 * that of Terraform may have both.
 */
export function unreadableTerm(constraint: string, of: "provider" | "terraform"): string | undefined {
  return constraint
    .split(",")
    .map((term) => term.trim())
    .find((term) => {
      const { text, version } = parseTerm(term);
      return !version || (of === "provider" && (text.startsWith("v") || version.numbers.length > 3));
    });
}

function parseTerm(term: string): Term {
  const [, operator = "", text = ""] = /^(=|!=|>=|<=|>|<|~>)?\s*(.+)$/.exec(term) ?? [];
  return { operator, text, version: parseVersion(text) };
}

function meetsTerm(actual: Version, term: string): boolean {
  const { operator, version: wanted } = parseTerm(term);
  if (!wanted) return false;
  const order = compareVersions(actual, wanted);
  if (operator === "" || operator === "=") return order === 0;
  if (operator === "!=") return order !== 0;
  // A prerelease is taken only by its exact name, as Terraform does.
  if (actual.prerelease !== "" && actual.prerelease !== wanted.prerelease) return false;
  if (operator === ">") return order > 0;
  if (operator === ">=") return order >= 0;
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  const kept = Math.max(1, wanted.numbers.length - 1);
  return (
    order >= 0 && wanted.numbers.slice(0, kept).every((number, at) => (actual.numbers[at] ?? 0) === number)
  );
}
