import { join, resolve } from "node:path";
import type { Context } from "./context.ts";

/** Which bundle it is. */
export interface BundleName {
  readonly kind: string;
  readonly platform: string;
  readonly environment: string;
}

/** The folder that a bundle lies in: the one that was asked for, else its own in `out/`. */
export function bundleFolder(
  { kind, platform, environment }: BundleName,
  root: string,
  out: string | undefined,
  context: Context,
): string {
  return out === undefined ? join(root, "out", platform, environment, kind) : resolve(context.cwd, out);
}
