import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stackWorkFolder } from "../disk/stack-folder.ts";
import type { Stack } from "../stacks/stack.ts";
import { readState } from "../stores/state-file.ts";
import type { TargetedState } from "./other-target.ts";
import type { RunContext } from "./run-context.ts";

/** A state backend on its way: the state of the stack that makes it, which lies on this machine until the backend can hold it. */
export interface BegunBackend {
  readonly read: () => Promise<Uint8Array | undefined>;
  /** The same, understood, with the target that it was begun on. */
  readonly place: () => Promise<TargetedState>;
  /** Keeps what the target of this run is, before anything is made there. */
  readonly begin: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Where a stack begins the backend that it makes. */
export function begunBackend(context: RunContext, stack: Stack): BegunBackend {
  const { path } = stackWorkFolder(context.root, context.platform.spec.name, stack.address);
  const statePath = join(path, "terraform.tfstate");
  const targetPath = join(path, "bootstrap-target");
  const read = (): Promise<Uint8Array | undefined> => readFile(statePath).catch(() => undefined);
  return {
    read,
    place: async () => {
      const bytes = await read();
      const held = { location: path, read: async () => bytes && { bytes, version: "" } };
      const state = await readState(held, "terraform.tfstate");
      const target = state && (await readFile(targetPath, "utf8").catch(() => undefined));
      return { entry: target === undefined ? undefined : { entry: { target } }, state };
    },
    begin: () => writeFile(targetPath, context.target.kind),
    remove: async () => {
      for (const one of [statePath, `${statePath}.backup`, targetPath]) await rm(one, { force: true });
    },
  };
}
