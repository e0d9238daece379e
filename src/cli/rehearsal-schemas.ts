import { relative } from "node:path";
import type { FoundSchema, SchemaProblem } from "../rehearsal/find-schema.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { openSchemaSurvey } from "./open-schema-survey.ts";
import { paintFor } from "./paint.ts";

interface SchemasFlags {
  readonly spec?: string;
  readonly json?: boolean;
}

/** What is known of one provider of the platform. */
interface ListedSchema {
  readonly source: string;
  readonly version: string;
  readonly from: string;
  /** Packs, from the project's root. */
  readonly files: readonly string[];
  /** How many types are in use, and which of them no overlay describes. */
  readonly types: number;
  readonly withoutOverlay: readonly string[];
}

/** `platc rehearsal schemas`: what a rehearsal would go by, and what it lacks. */
export async function rehearsalSchemas(flags: SchemasFlags, context: Context): Promise<ExitCode> {
  const { projectRoot, survey } = await openSchemaSurvey(flags, context);
  const { schemas, problems } = await survey();
  const listed = schemas.map((one) => listedSchema(one, projectRoot));
  if (flags.json) {
    const missing = problems.map(({ source, message, hint, types }) => ({ source, message, hint, types }));
    context.stdout.write(`${JSON.stringify({ schemas: listed, missing }, null, 2)}\n`);
  } else context.stdout.write(render(listed, problems, context));
  return problems.length === 0 ? EXIT.ok : EXIT.failed;
}

function listedSchema({ schema, overlay, origin }: FoundSchema, root: string): ListedSchema {
  const { source, version, from, files } = origin;
  const resources = [...schema.resources.keys()];
  return {
    source,
    version,
    from,
    files: files.map((path) => relative(root, path)),
    types: resources.length + schema.dataSources.size + schema.ephemerals.size,
    withoutOverlay: resources.filter((type) => !overlay?.resources.has(type)),
  };
}

function render(
  listed: readonly ListedSchema[],
  problems: readonly SchemaProblem[],
  context: Context,
): string {
  const paint = paintFor(context, context.stdout);
  const width = Math.max(0, ...listed.map(({ source, version }) => source.length + version.length + 1));
  const lines = listed.map(({ source, version, types, withoutOverlay, ...one }) => {
    const name = `${source} ${version}`.padEnd(width);
    const files = one.files.length === 0 ? "" : `: ${one.files.join(", ")}`;
    const bare = withoutOverlay.length === 0 ? "" : `\n    no overlay knows ${withoutOverlay.join(", ")}`;
    const count = `${types} ${types === 1 ? "type" : "types"}`;
    return `${paint("ok", "green")}       ${name}  ${count} from ${one.from}${files}${bare}`;
  });
  const missing = problems.map(({ message, hint }) => `${paint("missing", "red")}  ${message}\n    ${hint}`);
  if (lines.length + missing.length === 0) return "the platform uses no provider that has a schema\n";
  return `${[...lines, ...missing].join("\n")}\n`;
}
