import { join, relative, resolve } from "node:path";
import { compareBundle, writeBundle } from "../disk/write-bundle.ts";
import type { OutputFile } from "../emit/emit-platform.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

export interface BundleFlags {
  readonly spec?: string;
  /** Another folder than out/PLATFORM/ENVIRONMENT/KIND. */
  readonly out?: string;
  /** Writes nothing; fails where the folder differs. */
  readonly check?: boolean;
}

/** What a command `platc generate KIND ENVIRONMENT` makes: its files and their list. */
export interface Bundle {
  readonly kind: string;
  readonly platform: string;
  readonly environment: string;
  readonly files: readonly OutputFile[];
}

/** Writes a bundle into its folder, or compares the two; files there that platc did not write stay as they are. */
export function writeOrCheckBundle(
  { kind, platform, environment, files }: Bundle,
  root: string,
  flags: BundleFlags,
  context: Context,
): ExitCode {
  const folder =
    flags.out === undefined
      ? join(root, "out", platform, environment, kind)
      : resolve(context.cwd, flags.out);
  const shown = relative(context.cwd, folder) || ".";
  const changes = compareBundle(folder, files);
  if (changes.foreign.length > 0)
    throw new CommandError(
      `platc did not write ${changes.foreign.map((path) => `'${path}'`).join(", ")} in ${shown}`,
      "move that away, or name another folder with --out",
    );
  const differing = [...changes.written.map(({ path }) => path), ...changes.removed];
  if (flags.check && differing.length > 0)
    throw new CommandError(
      `${shown} is not what the spec says: ${differing.join(", ")}`,
      `'platc generate ${kind} ${environment}' writes it; commit it with the spec`,
    );
  if (!flags.check) writeBundle(folder, changes);
  context.stdout.write(
    flags.check
      ? `${shown} is current\n`
      : `${shown}: ${changes.written.length} written, ${changes.removed.length} removed, ${changes.unchanged} unchanged\n`,
  );
  return EXIT.ok;
}
