const ASKS_FOR_OTHERS = /(?<![\w-])-(?:target|exclude)\b/;
const NAMES_AN_OPTION = /\b(?:option|argument|flag)\b/;
const INSTEAD =
  "platc applies a stack as a whole: put what this depends on into a stack of its own, which is applied first.";

/** What Terraform says, without its advice to use options that platc does not have. */
export function withoutTargeting(detail: string): string {
  if (!ASKS_FOR_OTHERS.test(detail)) return detail;
  return detail
    .split("\n\n")
    .map((paragraph) =>
      paragraph
        .split(/(?<=[.!?])\s+/)
        .map(mended)
        .join(" "),
    )
    .join("\n\n");
}

function mended(sentence: string): string {
  if (!ASKS_FOR_OTHERS.test(sentence) || !NAMES_AN_OPTION.test(sentence)) return sentence;
  const either = /\beither (.+?),? or (?:reduce|[^.]*-(?:target|exclude))/s.exec(sentence);
  return either ? `${sentence.slice(0, either.index)}${either[1] ?? ""}.` : INSTEAD;
}
