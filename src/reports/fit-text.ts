import { characters, displayWidth } from "../text/terminal-text.ts";

/** Text that takes at most so many cells, with an ellipsis where something was cut off. It must hold no styles. */
export function fitText(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return "";
  let fitting = "";
  let taken = 0;
  for (const one of characters(text)) {
    const wide = displayWidth(one);
    if (taken + wide > width - 1) break;
    fitting += one;
    taken += wide;
  }
  return `${fitting}…`;
}
