import { configurationFiles } from "../modules/configuration-files.ts";
import { child, textOf } from "../spec/node.ts";
import type { Flavour } from "../text/flavour.ts";
import type { StackInstance } from "./stack.ts";

/** Every module that stacks call, as written. */
export function moduleSources(instances: readonly StackInstance[]): ReadonlySet<string> {
  const sources = new Set<string>();
  for (const { definition } of instances) {
    const single = textOf(child(definition, "module"));
    if (single !== undefined) sources.add(single);
    const several = child(definition, "modules");
    for (const entry of several?.kind === "map" ? several.entries.values() : []) {
      const source = textOf(child(entry.value, "module"));
      if (source !== undefined) sources.add(source);
    }
  }
  return sources;
}

/** Every module of the project: the folders under `modules/` that hold files of Terraform, or of OpenTofu, two deep. */
export function moduleNames(files: readonly string[], flavour: Flavour): readonly string[] {
  const folders = configurationFiles(files, flavour).map((file) => file.split("/").slice(1, -1));
  return [...new Set(folders.filter((folder) => folder.length === 2).map((folder) => folder.join("/")))];
}
