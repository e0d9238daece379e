import type { Replacements } from "./type-overlay.ts";

/**
 * Reads lines such as `aws_sqs_queue name ~engine_version`: a type, the paths whose change makes a new resource, and
 * after `~` those of which some changes do. Only the types that are asked for are read; `#` begins a comment.
 */
export function readReplacements(
  content: string,
  types: ReadonlySet<string>,
): ReadonlyMap<string, Replacements> {
  const lines = content.split("\n").filter((line) => !line.startsWith("#"));
  return new Map(
    lines.flatMap((line): readonly (readonly [string, Replacements])[] => {
      const end = line.indexOf(" ");
      const type = end < 0 ? line : line.slice(0, end);
      if (!types.has(type)) return [];
      const paths = line.split(" ").slice(1);
      const sometimes = paths.filter((path) => path.startsWith("~")).map((path) => path.slice(1));
      return [[type, { always: paths.filter((path) => !path.startsWith("~")), sometimes }]];
    }),
  );
}
