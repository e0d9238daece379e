import { relative } from "node:path";
import { compareBundle, writeBundle } from "../disk/write-bundle.ts";
import type { OutputFile } from "../emit/emit-platform.ts";
import { type BundleName, bundleFolder } from "./bundle-folder.ts";
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
export interface Bundle extends BundleName {
  readonly files: readonly OutputFile[];
}

/** Writes a bundle into its folder, or compares the two; files there that platc did not write stay as they are. */
export function writeOrCheckBundle(
  bundle: Bundle,
  root: string,
  flags: BundleFlags,
  context: Context,
): ExitCode {
  const { kind, environment, files } = bundle;
  const folder = bundleFolder(bundle, root, flags.out, context);
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
