import type { ModuleContract } from "../modules/contract.ts";
import { isModuleFile } from "../modules/tame-file.ts";
import type { SchemaProblem } from "../rehearsal/find-schema.ts";
import { namesOfTypes } from "../rehearsal/names-of-types.ts";
import { schemaNeeds } from "../rehearsal/schema-needs.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";

export interface TypeUsersRequest {
  readonly platform: Platform;
  readonly stacks: readonly Stack[];
  /** Contracts of modules that a stack calls and compile has not read. */
  readonly beyond: (address: string) => readonly ModuleContract[];
  readonly sources: Sources;
}

/**
 * Who uses what a schema lacks, for people: `'dev/raw' uses it (modules/local/raw/main.tf:3), and 2 other stacks`;
 * empty where none of the stacks does.
 */
export async function typeUsers(
  request: TypeUsersRequest,
  { source, types }: Pick<SchemaProblem, "source" | "types">,
): Promise<string> {
  const users = request.stacks.flatMap((stack) => {
    const used = typesOf(request, stack, source);
    const lacking = types === undefined ? used : used?.filter((type) => types.includes(type));
    return lacking === undefined || (types !== undefined && lacking.length === 0) ? [] : [{ stack, lacking }];
  });
  const [first] = users;
  if (first === undefined) return "";
  const place = await placeOf(request, first.stack, first.lacking);
  const others = users.length - 1;
  const more = others === 0 ? "" : `, and ${others} other ${others === 1 ? "stack" : "stacks"}`;
  return `'${first.stack.address}' uses it${place === undefined ? "" : ` (${place})`}${more}`;
}

/** Of one provider, as a pack's script names them: `aws_vpc`, `data.aws_vpc`; undefined where it is not used. */
function typesOf(
  { platform, beyond }: TypeUsersRequest,
  stack: Stack,
  source: string,
): readonly string[] | undefined {
  const need = schemaNeeds(platform, [stack], beyond).find((one) => one.source === source);
  return need && namesOfTypes(need);
}

/** `modules/local/raw/main.tf:3`: where one of the types is written, in a module or else in the spec. */
async function placeOf(
  { platform, sources }: TypeUsersRequest,
  stack: Stack,
  types: readonly string[],
): Promise<string | undefined> {
  const modules = stack.modules.flatMap(({ source }) => platform.modules.get(source)?.files ?? []);
  for (const path of [...modules.filter(isModuleFile), ...platform.specFiles]) {
    const lines = ((await sources.readText(path)) ?? "").split("\n");
    const at = lines.findIndex((line) => types.some((type) => isWrittenIn(line, type.split(".").at(-1)!)));
    if (at >= 0) return `${path}:${at + 1}`;
  }
  return undefined;
}

/** As a label or a key, and not within a comment that begins the line. */
function isWrittenIn(line: string, type: string): boolean {
  return !/^\s*(#|\/\/)/.test(line) && new RegExp(`(^|[\\s"'{,])${type}(["'\\s:]|$)`).test(line);
}
