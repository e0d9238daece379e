import { suggest } from "../diagnostics/suggest.ts";
import { GIVEN_FILE } from "../provider/describe-given.ts";
import type { GivenResource } from "../provider/given-resource.ts";
import type { BlockSchema } from "../provider/provider-schema.ts";
import type { FoundSchema } from "../rehearsal/find-schema.ts";
import { readGiven, type WrittenGiven } from "../rehearsal/read-given.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { folderOf } from "../text/paths.ts";
import type { Refusal } from "./given-endpoint.ts";

/**
 * What the project says of what exists already: of which provider each is, by the types that the platform uses. What a
 * shared environment has is there for all.
 */
export async function givenResources(
  { specPath, spec: { environments } }: Pick<Platform, "specPath" | "spec">,
  schemas: readonly FoundSchema[],
  sources: Pick<Sources, "readText">,
  tell: (message: string) => void,
): Promise<readonly GivenResource[] | Refusal> {
  const folder = folderOf(specPath);
  const path = folder === "" ? GIVEN_FILE : `${folder}/${GIVEN_FILE}`;
  const content = await sources.readText(path);
  if (content === undefined) return [];
  const { given, problems } = readGiven(content, [...environments.keys()]);
  const mistakes = [...problems, ...given.flatMap((one) => problemsOf(one, schemas))]
    .sort((left, right) => left.line - right.line)
    .map(({ line, message }) => `${path}:${line}: ${message}`);
  if (mistakes.length > 0) return { status: "failed", message: mistakes.join("\n"), hint: HINT };
  return given.flatMap(({ typeName, attributes, environment, line }) => {
    const found = schemaFor(typeName, schemas);
    if (found === undefined || !typesOf(found).includes(typeName)) tell(unused(path, line, typeName, found));
    if (found === undefined) return [];
    const isOwn = environment !== undefined && environments.get(environment)?.isShared !== true;
    return [{ source: found.schema.source, typeName, attributes, ...(isOwn && { environment }) }];
  });
}

function unused(path: string, line: number, typeName: string, found: FoundSchema | undefined): string {
  const meant = found && suggest(typeName, typesOf(found));
  return `${path}:${line}: no stack uses a type '${typeName}'${meant === undefined ? "" : `; is '${meant}' meant?`}`;
}

const HINT = `Say by resource type what exists: given: { azurerm_resource_group: [{ name: shared, location: westeurope }] }.`;

/** Of a type that no stack uses it is not known what it has. */
function problemsOf({ typeName, attributes, line }: WrittenGiven, schemas: readonly FoundSchema[]) {
  const found = schemaFor(typeName, schemas);
  const blocks = found === undefined ? [] : blocksOf(typeName, found);
  if (blocks.length === 0) return [];
  const names = blocks.flatMap(({ attributes, blocks }) => [...attributes.keys(), ...blocks.keys()]);
  return Object.keys(attributes)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = suggest(name, names);
      const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
      return {
        line,
        message: `${/^[aeiou]/.test(typeName) ? "an" : "a"} ${typeName} has no '${name}'${hint}`,
      };
    });
}

function blocksOf(typeName: string, { schema }: FoundSchema): readonly BlockSchema[] {
  return [schema.resources, schema.dataSources].flatMap((types) => types.get(typeName)?.block ?? []);
}

function typesOf({ schema, overlay }: FoundSchema): readonly string[] {
  return [...schema.resources.keys(), ...schema.dataSources.keys(), ...(overlay?.resources.keys() ?? [])];
}

function schemaFor(typeName: string, schemas: readonly FoundSchema[]): FoundSchema | undefined {
  const prefix = typeName.split("_", 1)[0]!;
  return (
    schemas.find((one) => typesOf(one).includes(typeName)) ??
    schemas.find(({ schema }) => schema.source.split("/").at(-1) === prefix)
  );
}
