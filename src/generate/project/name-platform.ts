import { type ProjectTemplate, prefixOf } from "./project-templates.ts";
import { replaceScalars } from "./replace-scalars.ts";

/** The name of the schema that stands beside a spec. */
export const SCHEMA_FILE = "platform.schema.json";

/** The name of the schema of `rehearsal.yaml`, which stands beside a spec too. */
export const REHEARSAL_SCHEMA_FILE = "rehearsal.schema.json";

const SCHEMA_LINE = /^# yaml-language-server: \$schema=.*$/m;

/** The spec of a template under the name of a new platform: its name, its prefix, its repository, and its schema. */
export function namePlatform(text: string, template: ProjectTemplate, name: string): string {
  const named = replaceScalars(text, [
    { path: ["platform"], value: name },
    { path: ["vars", "prefix"], value: prefixOf(template, name) },
    { path: ["vars", "repository", "name"], value: name },
  ]);
  return named.replace(SCHEMA_LINE, `# yaml-language-server: $schema=${SCHEMA_FILE}`);
}
