import { byCodePoint } from "../text/compare.ts";

const MOST_EQUALS = 4;

interface Guess {
  readonly candidate: string;
  readonly distance: number;
  readonly prefix: number;
}

/**
 * The candidate that a misspelt word most likely means, or undefined where none is near or many are equally near.
 * Case, `-` and `_` hardly count; swapped letters count once; beginnings count more than ends.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const folded = fold(word);
  const guesses: Guess[] = [];
  for (const candidate of new Set(candidates)) {
    const distance = candidate === word ? undefined : nearness(folded, fold(candidate));
    if (distance === undefined) continue;
    guesses.push({ candidate, distance, prefix: commonPrefix(folded, fold(candidate)) });
  }
  const nearest = Math.min(...guesses.map(({ distance }) => distance));
  const equals = guesses.filter(({ distance }) => distance === nearest);
  if (equals.length > MOST_EQUALS) return undefined;
  return equals.sort(compareGuesses)[0]?.candidate;
}

function compareGuesses(left: Guess, right: Guess): number {
  return right.prefix - left.prefix || byCodePoint(left.candidate, right.candidate);
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}

/** Edits from one word to the other, undefined where there are too many for its length. */
function nearness(word: string, candidate: string): number | undefined {
  const most = Math.min(3, Math.floor(Math.max(word.length, candidate.length) / 3));
  const isBeginning = word.length >= 3 && candidate.startsWith(word);
  if (Math.abs(word.length - candidate.length) > most) return isBeginning ? most + 1 : undefined;
  const distance = editDistance(word, candidate);
  if (distance <= most) return distance;
  return isBeginning ? most + 1 : undefined;
}

function commonPrefix(left: string, right: string): number {
  let at = 0;
  while (at < left.length && at < right.length && left[at] === right[at]) at++;
  return at;
}

/** Damerau-Levenshtein with each letter moved at most once (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      let edits = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      const isSwapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (isSwapped) edits = Math.min(edits, beforeLast[column - 2]! + 1);
      current.push(edits);
    }
    [beforeLast, last] = [last, current];
  }
  return last[right.length]!;
}
