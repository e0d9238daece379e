import { lacksTerraform, FROM_PACKS } from "../rehearsal/rehearsed-project.ts";
import { type CommandResult, runIn } from "../run/project.ts";
import { makeScratchFolder, type ScratchFolder } from "./scratch-folder.ts";

/** Why nothing can be rehearsed here, for the name of a test; empty where it can. */
export const skipped = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

/** A folder in which `platc init` has written a template under the name `shop-two`. */
export async function initTemplate(template: string): Promise<ScratchFolder> {
  const folder = makeScratchFolder();
  const { code, err } = await folder.platc("init", "--template", template, "--name", "shop-two");
  if (code !== 0) throw new Error(err);
  return folder;
}

/** Runs what the project's README says under `Rehearse`, without the network, and returns how its apply ended. */
export async function rehearseByReadme(folder: ScratchFolder): Promise<CommandResult> {
  const [, block = ""] =
    /^## Rehearse\n[\s\S]*?^```sh\n([\s\S]*?)^```$/m.exec(folder.read("README.md")) ?? [];
  const lines = block.trim().split("\n");
  const exported = lines.flatMap((line) => {
    const [, name, value] = /^export (\w+)='?(.*?)'?$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  const [command = ""] = lines.filter((line) => line.startsWith("npx platc apply "));
  const args = command.split(" ").slice(2);
  return runIn(folder.root, { ...Object.fromEntries(exported), ...FROM_PACKS }, ...args);
}
