import { join, relative, sep } from "node:path";
import { composeBundle } from "../generate/compose/compose-bundle.ts";
import type { Sources } from "../source/sources.ts";
import { type Compose, pathsOf } from "../stacks/compose.ts";
import { readCompose } from "../stacks/read-compose.ts";
import { folderOf } from "../text/paths.ts";
import { bundleFolder } from "./bundle-folder.ts";
import type { Context } from "./context.ts";
import { CommandError, type ExitCode } from "./exit-codes.ts";
import { analyseProject, openProject } from "./load-platform.ts";
import { requireEnvironment } from "./require-environment.ts";
import { type BundleFlags, writeOrCheckBundle } from "./write-or-check-bundle.ts";

/** Writes or checks what runs one environment on the own machine. */
export async function generateComposeCommand(
  name: string,
  flags: BundleFlags,
  context: Context,
): Promise<ExitCode> {
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const { spec, specPath } = platform;
  const compose = readCompose(platform, requireEnvironment(spec, name), () => undefined);
  if (!compose)
    throw new CommandError(
      `environment '${name}' is not run on the own machine`,
      spec.compose ? "name it under 'compose.environments'" : "the spec has no 'compose'",
    );
  await requirePaths(compose, folderOf(specPath), project.sources);
  const bundle = { kind: "compose", platform: spec.name, environment: name };
  const folder = bundleFolder(bundle, project.root, flags.out, context);
  const toSpec =
    relative(folder, join(project.root, folderOf(specPath)))
      .split(sep)
      .join("/") || ".";
  const files = composeBundle(compose, toSpec.startsWith(".") ? toSpec : `./${toSpec}`);
  return writeOrCheckBundle({ ...bundle, files }, project.root, flags, context);
}

/** Docker would find out when it starts, and in words of its own. */
async function requirePaths(compose: Compose, base: string, sources: Sources): Promise<void> {
  const missing: string[] = [];
  for (const path of pathsOf(compose)) {
    const full = [base, path.replace(/\/+$/, "")].filter((part) => part !== "").join("/");
    const isThere =
      (await sources.readBytes(full)) !== undefined || (await sources.listFiles(full)).length > 0;
    if (!isThere) missing.push(path);
  }
  if (missing.length > 0)
    throw new CommandError(
      `there is no file or folder '${missing.join("', '")}' beside the spec`,
      "mend 'source' of the files of 'compose'",
    );
}
