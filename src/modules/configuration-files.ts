import type { Flavour } from "../text/flavour.ts";

/**
 * Which files make the modules that they lie in, by name or path, in the given order. OpenTofu takes `.tofu` and `.tofu.json`
 * files too, and then leaves out the `.tf` or `.tf.json` file of the same name; Terraform does not see them. Both pass
 * over hidden files.
 */
export function configurationFiles(names: readonly string[], flavour: Flavour): readonly string[] {
  const isRead =
    flavour === "opentofu" ? /(^|\/)[^./][^/]*\.(tf|tofu)(\.json)?$/ : /(^|\/)[^./][^/]*\.tf(\.json)?$/;
  const read = names.filter((name) => isRead.test(name));
  const all = new Set(read);
  return read.filter((name) => !all.has(name.replace(/\.tf(\.json)?$/, ".tofu$1")) || isTofuFile(name));
}

/** Whether only OpenTofu reads a file. */
export function isTofuFile(path: string): boolean {
  return /\.tofu(\.json)?$/.test(path);
}
