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
    ...rehearsal.unchecked.map(
      (part) =>
        `not checked: ${part.count} ${part.what}${part.names.length === 0 ? "" : ` (${listed(part.names)})`}`,
    ),
  ];
}
