const LONGEST_STRING = 160;

/** A string in quotes on one line, cut where it is long. */
export function quoteText(text: string): string {
  const short =
    text.length <= LONGEST_STRING ? text : text.slice(0, LONGEST_STRING).replace(/[\ud800-\udbff]$/, "");
  const written = withoutControls(JSON.stringify(short));
  return short === text ? written : `${written.slice(0, -1)}…" (${text.length} characters)`;
}

/** A line of text, cut where it is long, fit for a terminal. */
export function cutLine(text: string): string {
  const shown = withoutControls(text.slice(0, LONGEST_STRING));
  return text.length <= LONGEST_STRING ? shown : `${shown}… (${text.length} characters)`;
}

/** Control and direction characters could make a terminal show something other than what is planned. */
function withoutControls(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key as Terraform writes it: quoted only where it is no identifier. */
export function keyText(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key) ? key : quoteText(key);
}
