import { stackFolder } from "../emit/emit-stack.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { stateLocation } from "../stores/state-location.ts";
import { toPlain } from "../templates/value.ts";
import { type Paint } from "../text/paint.ts";
import { displayWidth } from "../text/terminal-text.ts";

/** One stack as `platc list --json` prints it. */
export interface ListedStack {
  readonly address: string;
  readonly stack: string;
  readonly environment: string;
  readonly customer?: string;
  readonly app?: string;
  readonly each?: string;
  readonly stage: string;
  readonly modules: readonly string[];
  readonly state: { readonly backend: string; readonly key: string; readonly location: string };
  readonly folder: string;
  readonly upstream: readonly string[];
}

export function listStacks(platform: Platform, stacks: readonly Stack[]): readonly ListedStack[] {
  return stacks.map((stack) => ({
    address: stack.address,
    stack: stack.name,
    environment: stack.environment.name,
    ...(stack.customer !== undefined && { customer: stack.customer }),
    ...(stack.app !== undefined && { app: stack.app }),
    ...(stack.each !== undefined && { each: stack.each.key }),
    stage: stack.stage,
    modules: [...new Set(stack.modules.map((call) => call.source))],
    state: {
      backend: stack.state.backend,
      key: stack.state.key,
      location: locationOf(stack),
    },
    folder: stackFolder(platform.spec.name, stack.address),
    upstream: stack.upstream,
  }));
}

/** Stacks as a table with aligned columns; the last one is as wide as it is. */
export function renderList(listed: readonly ListedStack[], paint: Paint): string {
  if (listed.length === 0) return "no stack is selected\n";
  const rows = listed.map(({ address, stage, modules, state }) => [
    address,
    stage,
    modules.join(", ") || "-",
    state.location,
  ]);
  const header = ["ADDRESS", "STAGE", "MODULE", "STATE"];
  const widths = header.map((title, column) =>
    [title, ...rows.map((row) => row[column] ?? "")].reduce(
      (widest, cell) => Math.max(widest, displayWidth(cell)),
      0,
    ),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))))
      .join("  ")
      .trimEnd();
  return `${paint(line(header), "dim")}\n${rows.map((row) => `${line(row)}\n`).join("")}`;
}

function locationOf({ state }: Stack): string {
  const config = toPlain(state.config) as Readonly<Record<string, unknown>>;
  return stateLocation({ type: state.backend, config }, state.key).shown;
}
