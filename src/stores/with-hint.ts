/** What went wrong and how to mend it, as one clause. */
export function withHint(why: string, hint: string | undefined): string {
  return hint === undefined ? why : `${why.replace(/\.$/, "")}; ${hint}`;
}
