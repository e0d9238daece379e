import type { Command } from "commander";
import type { JsonObject } from "../text/json.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

export interface SchemaFlags {
  readonly spec?: string;
  readonly base?: boolean;
  readonly platform?: boolean;
  readonly rehearsal?: boolean;
  readonly write?: boolean;
  readonly out?: string;
}

/** `platc schema`: what an editor completes and checks a spec by. */
export function addSchema(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("schema")
    .description(
      "print the JSON schema of the spec, with the names of this platform and the inputs of its modules",
    )
    .option("--platform", "the schema of this platform (what is done where a spec is found)")
    .option("--base", "the schema of the language alone")
    .option("--rehearsal", "the schema of rehearsal.yaml, with the types of this platform's providers")
    .option("--write", "write it to platform.schema.json beside the spec instead")
    .option("--out <file>", "write it to this file instead")
    .addHelpText(
      "after",
      `
An editor with a YAML language server (VS Code with 'YAML' by Red Hat, Neovim, JetBrains, Emacs) completes and checks by
the schema that the first line of the spec names. Commit the file, so that everyone has it after a clone, and make it
anew when names or modules change; names that it does not know yet are not flagged.

  # yaml-language-server: $schema=platform.schema.json

What exists before a rehearsal stands in rehearsal.yaml beside the spec. Its schema, rehearsal.schema.json, is written with
the other one where either of the two is there, and by --rehearsal --write.

  # yaml-language-server: $schema=rehearsal.schema.json

The tags !raw, !unset and !replace are told to the editor by its setting
  "yaml.customTags": ["!raw scalar", "!unset scalar", "!replace mapping"]

Examples:
  platc schema --write                     specs/d2b/platform.schema.json
  platc schema --base > platform.schema.json
  platc schema --rehearsal --write         specs/d2b/rehearsal.schema.json
`,
    )
    .action((flags: SchemaFlags, command: Command) =>
      run(() => schemaCommand({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function schemaCommand(flags: SchemaFlags, context: Context): Promise<ExitCode> {
  const { resolve } = await import("node:path");
  const { findSpec } = await import("../disk/find-spec.ts");
  const found = findSpec(context.cwd, flags.spec, context.environment);
  const isMissing = "message" in found;
  if (isMissing && (flags.platform || flags.spec !== undefined || (flags.write && flags.out === undefined))) {
    throw new CommandError(found.message, found.hint);
  }
  const isBase = flags.base === true || isMissing;
  const text = await textOf(flags.rehearsal ? "rehearsal" : "platform", isBase, flags, context);
  const target = flags.out === undefined ? undefined : resolve(context.cwd, flags.out);
  if (target !== undefined) await writeSchema(target, text, context);
  else if (!flags.write || isMissing) context.stdout.write(text);
  else {
    const folder = resolve(found.root, found.spec, "..");
    await writeSchema(
      resolve(folder, `${flags.rehearsal ? "rehearsal" : "platform"}.schema.json`),
      text,
      context,
    );
    if (!flags.rehearsal && (await isRehearsalDescribed(folder)))
      await writeSchema(
        resolve(folder, "rehearsal.schema.json"),
        await textOf("rehearsal", isBase, flags, context),
        context,
      );
  }
  return EXIT.ok;
}

/** Whether somebody writes a `rehearsal.yaml` there, or is meant to. */
async function isRehearsalDescribed(folder: string): Promise<boolean> {
  const { existsSync } = await import("node:fs");
  const { join } = await import("node:path");
  return ["rehearsal.yaml", "rehearsal.schema.json"].some((name) => existsSync(join(folder, name)));
}

type Subject = "platform" | "rehearsal";

async function textOf(
  subject: Subject,
  isBase: boolean,
  flags: SchemaFlags,
  context: Context,
): Promise<string> {
  const { schemaText } = await import("../generate/schema-text.ts");
  const base = await baseSchema(subject);
  return schemaText(isBase ? base : await schemaOfPlatform(subject, base, flags, context));
}

async function baseSchema(subject: Subject): Promise<JsonObject> {
  const { default: schema } =
    subject === "platform"
      ? await import("../../schema/platform.schema.json", { with: { type: "json" } })
      : await import("../../schema/rehearsal.schema.json", { with: { type: "json" } });
  return schema as unknown as JsonObject;
}

/** Also of a spec with mistakes, as far as it can be read: one is in the middle of writing it. */
async function schemaOfPlatform(
  subject: Subject,
  base: JsonObject,
  flags: SchemaFlags,
  context: Context,
): Promise<JsonObject> {
  const { cachedParser, openProject } = await import("./load-platform.ts");
  const { shippedModules } = await import("../disk/shipped-modules.ts");
  const { completePlatform } = await import("../spec/complete-platform.ts");
  const { readSpec } = await import("../spec/read-spec.ts");
  const project = openProject(context, flags.spec);
  const { root } = await readSpec(project.spec, project.sources);
  const spec = completePlatform(root);
  if (subject === "rehearsal") {
    const { offeredTypes } = await import("../generate/offered-types.ts");
    const { rehearsalSchema } = await import("../generate/rehearsal-schema.ts");
    const types = await offeredTypes(spec, project.sources, shippedModules());
    return rehearsalSchema(base, { environments: [...spec.environments.keys()], types });
  }
  const { offeredModules } = await import("../generate/offered-modules.ts");
  const { platformSchema } = await import("../generate/platform-schema.ts");
  const { flavourOf } = await import("../text/flavour.ts");
  const modules = await offeredModules(project.sources, cachedParser(project), {
    shipped: shippedModules(),
    flavour: flavourOf(spec.command),
  });
  return platformSchema(base, spec, modules);
}

async function writeSchema(target: string, text: string, context: Context): Promise<void> {
  const { readFile, writeFile } = await import("node:fs/promises");
  const { relative } = await import("node:path");
  const name = relative(context.cwd, target) || target;
  const isCurrent = (await readFile(target, "utf8").catch(() => undefined)) === text;
  if (!isCurrent) await writeFile(target, text);
  context.stdout.write(isCurrent ? `${name} is current\n` : `wrote ${name}\n`);
}
