/** Text without the secrets in it. */
export type Redact = (text: string) => string;

const REPLACEMENT = "(sensitive)";
/** A shorter secret counts only where it stands alone: else `a` would take every a with it. */
const SHORTEST_WITHIN_WORDS = 4;
/** Programs print secrets of many lines, such as keys, one line at a time. */
const SHORTEST_LINE = 8;

/** Takes secrets out of text: as they are, line by line, and as JSON, URLs and base64 spell them. */
export function redactor(secrets: Iterable<string>): Redact {
  const spellings = new Set([...secrets].flatMap(spellingsOf));
  spellings.delete("");
  if (spellings.size === 0) return (text) => text;
  const longestFirst = [...spellings].sort((left, right) => right.length - left.length);
  const pattern = new RegExp(longestFirst.map(patternOf).join("|"), "gu");
  return (text) => text.replace(pattern, REPLACEMENT);
}

function spellingsOf(secret: string): readonly string[] {
  if (secret.length < SHORTEST_WITHIN_WORDS) return [secret];
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE);
  const inForm = new URLSearchParams({ s: secret }).toString().slice(2);
  return [
    secret,
    secret.trim(),
    ...lines,
    JSON.stringify(secret).slice(1, -1),
    inForm,
    inForm.replaceAll("+", "%20"),
    Buffer.from(secret).toString("base64"),
  ];
}

function patternOf(text: string): string {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return text.length < SHORTEST_WITHIN_WORDS ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped;
}
