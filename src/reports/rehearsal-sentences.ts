import type { RunFinished } from "../run/run-event.ts";
import { listed } from "./words.ts";

/** That a run was a rehearsal, what it rested on, and what it did not check; nothing for any other run. */
export function rehearsalSentences({ rehearsal }: RunFinished): readonly string[] {
  if (!rehearsal) return [];
  const schemas = rehearsal.schemas.map(({ source, version, origin }) => `${source} ${version} (${origin})`);
  return [
    "it was a rehearsal: nothing was made in any cloud, and it proves nothing to the next environment",
    ...(schemas.length === 0 ? [] : [`schemas: ${schemas.join(", ")}`]),
    ...(rehearsal.faults.asked === 0
      ? []
      : [`faults on purpose: ${rehearsal.faults.struck} of ${rehearsal.faults.asked} came to pass`]),
    ...uncheckedSentences({ rehearsal }).map((sentence) => `not checked: ${sentence}`),
  ];
}

/** What a rehearsal did not check, without saying so. */
export function uncheckedSentences({ rehearsal }: Pick<RunFinished, "rehearsal">): readonly string[] {
  return (rehearsal?.unchecked ?? []).map(
    ({ count, what, names }) => `${count} ${what}${names.length === 0 ? "" : ` (${listed(names)})`}`,
  );
}
