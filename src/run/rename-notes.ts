import { suggest } from "../diagnostics/suggest.ts";
import type { Stack } from "../stacks/stack.ts";
import { earlierName } from "./earlier-name.ts";
import type { Orphan } from "./find-orphans.ts";
import { findRenames } from "./find-renames.ts";
import type { RunContext } from "./run-context.ts";
import type { RunNote } from "./run-event.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";

/** What to say of stacks that would be made anew, and that may be what has left the spec under another name. */
export async function renameNotes(
  context: RunContext,
  knowledges: readonly StackKnowledge[],
  orphans: readonly Orphan[],
): Promise<readonly RunNote[]> {
  if (orphans.length === 0) return [];
  const stacks = knowledges.filter(isNew).map(({ stack }) => stack);
  const renames = await findRenames(context, stacks, orphans);
  return stacks.flatMap((stack) => {
    const likely = renames.find((one) => one.stack === stack)?.orphans ?? [];
    if (stack.moved.length > 0) return misspeltMove(stack, likely, orphans);
    return likely.length === 0 ? [] : [likelyRename(stack, likely)];
  });
}

function isNew({ entry, state, moving }: StackKnowledge): boolean {
  return entry === undefined && moving === undefined && (state?.resources.length ?? 0) === 0;
}

function likelyRename(stack: Stack, orphans: readonly Orphan[]): RunNote {
  const names = orphans.map(({ address }) => `'${address}'`).join(" or ");
  const written = earlierName(stack, orphans[0]?.address ?? "") ?? "";
  return {
    kind: "note",
    message: `'${stack.address}' looks like ${names} under a new name, and is made anew as it stands`,
    hint: `write 'moved: [${written}]' at stack '${stack.name}', and what is applied is carried over; 'platc apply --prune' would destroy it`,
  };
}

/** A `moved` that names nothing that is applied, where something is applied that it may have meant. */
function misspeltMove(
  stack: Stack,
  likely: readonly Orphan[],
  orphans: readonly Orphan[],
): readonly RunNote[] {
  const names = orphans.flatMap(({ address }) => earlierName(stack, address) ?? []);
  if (names.length === 0) return [];
  const near =
    stack.moved.map(({ written }) => suggest(written, names)).find((one) => one !== undefined) ??
    earlierName(stack, likely[0]?.address ?? "");
  const named = stack.moved.map(({ address }) => `'${address}'`).join(", ");
  return [
    {
      kind: "note",
      message: `'moved' of '${stack.address}' names ${named}, where nothing is applied: it is made anew as it stands`,
      hint:
        near === undefined
          ? `applied and no longer in the spec: ${names.map((name) => `'${name}'`).join(", ")}`
          : `did you mean '${near}'?`,
    },
  ];
}
