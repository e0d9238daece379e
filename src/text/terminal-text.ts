const WIDE =
  /\p{Emoji_Presentation}|\p{Regional_Indicator}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
const ASCII = /^[\x20-\x7e]*$/;

let segmenter: Intl.Segmenter | undefined;

/** What a reader sees as characters: letters with their accents, emoji with what is joined to them. */
export function characters(text: string): readonly string[] {
  if (ASCII.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The cells that text takes on a terminal. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  return characters(text).reduce(
    (width, one) => width + (NO_WIDTH.test(one) ? 0 : WIDE.test(one) ? 2 : 1),
    0,
  );
}

/** Text without what would steer a terminal or turn its direction: control characters become visible; newlines stay. */
export function harmless(text: string): string {
  if (ASCII.test(text)) return text;
  return text
    .replace(/[\x00-\x09\x0b-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu, "\ufffd");
}
