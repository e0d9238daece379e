import type { OutputFile } from "../emit/emit-platform.ts";
import { moduleNameOf } from "../stacks/read-module-calls.ts";
import type { Stack } from "../stacks/stack.ts";
import type { StateFile } from "../stores/state-file.ts";
import { isList, isMap, type Value } from "../templates/value.ts";

/** The module calls of a state that its stack does not have any more, by name. */
export interface RenamedModules {
  /** The one that is the stack's only call under an earlier name; it keeps what it made. */
  readonly move: { readonly from: string; readonly to: string } | undefined;
  /** Those that nothing takes over: what is in them is going to be destroyed. */
  readonly left: readonly string[];
}

/**
 * A stack's only call is named after the stack: with another name it would be another module to Terraform, and the
 * earlier one gone. The state knows what that was called; an address need not have said it.
 */
export function renamedModules(stack: Stack, state: StateFile | undefined): RenamedModules {
  const held = new Set((state?.resources ?? []).filter(isManaged).flatMap(({ address }) => callOf(address)));
  const refactored = refactoredCalls(stack);
  const calls = new Set([...stack.modules.map(({ name }) => name), ...extraCalls(stack)]);
  const left = [...held].filter((name) => !calls.has(name) && !refactored.has(name)).sort();
  const [from, ...others] = left;
  const to = moduleNameOf(stack.name);
  const isOnlyCall = calls.size === 1 && calls.has(to) && !held.has(to) && !refactored.has(to);
  return from !== undefined && others.length === 0 && isOnlyCall
    ? { move: { from: `module.${from}`, to: `module.${to}` }, left: [] }
    : { move: undefined, left: left.map((name) => `module.${name}`) };
}

/** What goes beside a stack's files in the given folder: Terraform's `moved` block, where its only call was renamed. */
export function movedFiles(
  folder: string,
  stack: Stack,
  state: StateFile | undefined,
): readonly OutputFile[] {
  const { move } = renamedModules(stack, state);
  if (!move) return [];
  const content = `${JSON.stringify({ moved: [move] }, null, 2)}\n`;
  return [{ path: `${folder}/platc-moved.tf.json`, content }];
}

function isManaged({ mode }: StateFile["resources"][number]): boolean {
  return mode === "managed";
}

/** Calls that raw Terraform adds. */
function extraCalls({ extra }: Stack): readonly string[] {
  const calls = isMap(extra) ? extra.get("module") : undefined;
  return calls !== undefined && isMap(calls) ? [...calls.keys()] : [];
}

/** The calls that the user's own refactoring speaks of; Terraform takes no second statement about one. */
function refactoredCalls({ refactor, extra }: Stack): ReadonlySet<string> {
  return new Set(
    [refactor, extra].flatMap((place) =>
      [...blocksIn(place, "moved"), ...blocksIn(place, "removed")].flatMap((block) =>
        ["from", "to"].flatMap((side) => {
          const address = isMap(block) ? block.get(side) : undefined;
          return typeof address === "string" ? callOf(address) : [];
        }),
      ),
    ),
  );
}

function blocksIn(place: Value, kind: string): readonly Value[] {
  const blocks = isMap(place) ? place.get(kind) : undefined;
  return blocks === undefined ? [] : isList(blocks) ? blocks : [blocks];
}

function callOf(address: string): readonly string[] {
  const [, name] = /^module\.([^.[]+)/.exec(address) ?? [];
  return name === undefined ? [] : [name];
}
