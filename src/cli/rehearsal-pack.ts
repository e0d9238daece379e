import { join, relative } from "node:path";
import { didYouMean } from "../rules/did-you-mean.ts";
import type { SchemaProblem } from "../rehearsal/find-schema.ts";
import { findPackage } from "../rehearsal/find-package.ts";
import { type MadePack, makePack } from "../rehearsal/make-pack.ts";
import type { PackOrder } from "../rehearsal/pack-order.ts";
import { PACK_FOLDER } from "../provider/schema-pack.ts";
import type { TerraformProgram } from "../text/flavour.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { interruptSignal } from "./interrupt.ts";
import { openSchemaSurvey } from "./open-schema-survey.ts";

interface PackFlags {
  readonly spec?: string;
  readonly json?: boolean;
  readonly package?: string;
}

/** What came of the pack of one provider. */
type Packed =
  | { readonly source: string; readonly status: "made"; readonly package: string; readonly pack: MadePack }
  | { readonly source: string; readonly status: "failed"; readonly message: string; readonly hint?: string };

type Ordered = SchemaProblem & { readonly order: PackOrder };

/** `platc rehearsal pack`: makes the packs that the platform needs and nobody has. */
export async function rehearsalPack(
  providers: readonly string[],
  flags: PackFlags,
  context: Context,
): Promise<ExitCode> {
  const { signal, dispose } = interruptSignal(context);
  try {
    const opened = await openSchemaSurvey(flags, context, signal);
    const { projectRoot, program } = opened;
    // A provider that is named is packed for machines that lack it, as those of CI, though this one may have it.
    const survey = () => opened.survey({ isOfPacksAlone: providers.length > 0 });
    const { schemas, problems } = await survey();
    const known = [...schemas.map(({ origin }) => origin.source), ...problems.map(({ source }) => source)];
    refuseUnknown(providers, flags, known);
    const asked = problems.filter(({ source }) => providers.length === 0 || providers.includes(source));
    const packed: Packed[] = [];
    for (const problem of asked) {
      if (!isOrdered(problem)) packed.push({ ...failure(problem.source, problem.message, problem.hint) });
      else packed.push(await pack(problem, { flags, context, projectRoot, program, signal }));
      if (signal.aborted) return EXIT.interrupted;
    }
    const left = packed.some(({ status }) => status === "made") ? await stillMissing(survey, asked) : [];
    report(packed, left, { providers, flags, context, projectRoot });
    const isWhole = packed.every((one) => one.status === "made" && one.pack.unknown.length === 0);
    return isWhole && left.length === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    dispose();
  }
}

function refuseUnknown(providers: readonly string[], flags: PackFlags, known: readonly string[]): void {
  for (const source of providers)
    if (!known.includes(source))
      throw new CommandError(
        `the platform uses no provider '${source}'`,
        didYouMean(source, known, "it uses", "it uses none at all"),
        EXIT.usage,
      );
  if (flags.package !== undefined && providers.length !== 1)
    throw new CommandError(
      "--package is of one provider",
      "name it: 'platc rehearsal pack hashicorp/random --package @cdktn/provider-random'",
      EXIT.usage,
    );
}

function isOrdered(problem: SchemaProblem): problem is Ordered {
  return problem.order !== undefined;
}

interface Around {
  readonly flags: PackFlags;
  readonly context: Context;
  readonly projectRoot: string;
  readonly program: TerraformProgram;
  readonly signal: AbortSignal;
}

async function pack({ source, order }: Ordered, around: Around): Promise<Packed> {
  const { flags, context, projectRoot, program, signal } = around;
  const { cwd, environment } = context;
  const wanted = order.version ?? order.constraints.join(", ");
  if (flags.package === undefined)
    context.stderr.write(`Asking npm for a package of ${[source, wanted].join(" ").trim()}\n`);
  const named = flags.package ?? (await findPackage({ source, ...order, program, cwd, environment }));
  if (typeof named !== "string" && named.status === "missing")
    return failure(source, named.message, named.hint);
  const specifier = typeof named === "string" ? named : `${named.found.name}@${named.found.release}`;
  context.stderr.write(`Reading ${source} from ${specifier}\n`);
  const { types } = order;
  const to = join(projectRoot, PACK_FOLDER);
  const made = await makePack({ specifier, types, to, cwd, environment, signal });
  if (made.status === "failed") return failure(source, made.message);
  return { source, status: "made", package: specifier, pack: made.pack };
}

function failure(source: string, message: string, hint?: string): Packed {
  return { source, status: "failed", message, ...(hint !== undefined && { hint }) };
}

/** What is not there even now, of the providers whose packs were to be made. */
async function stillMissing(
  survey: () => Promise<{ readonly problems: readonly SchemaProblem[] }>,
  asked: readonly SchemaProblem[],
): Promise<readonly SchemaProblem[]> {
  const { problems } = await survey();
  return problems.filter(({ source }) => asked.some((one) => one.source === source));
}

function report(
  packed: readonly Packed[],
  left: readonly SchemaProblem[],
  {
    providers,
    flags,
    context,
    projectRoot,
  }: Omit<Around, "signal" | "program"> & { readonly providers: readonly string[] },
): void {
  if (flags.json) {
    const missing = left.map(({ source, message, hint, types }) => ({ source, message, hint, types }));
    context.stdout.write(`${JSON.stringify({ packs: packed, missing }, null, 2)}\n`);
    return;
  }
  if (packed.length === 0)
    context.stdout.write(
      providers.length === 0
        ? "nothing is missing: 'platc rehearsal schemas' lists what is there\n"
        : `the packs have all of ${providers.join(", ")} that the platform uses\n`,
    );
  for (const one of packed) {
    if (one.status === "made") context.stdout.write(madeText(one.pack, one.package, projectRoot));
    else context.stderr.write(`platc: ${one.message}\n${one.hint === undefined ? "" : `  ${one.hint}\n`}`);
  }
  // What the package lacks is told already.
  const silent = left.filter(({ source }) => packed.every((one) => one.source !== source || isWhole(one)));
  for (const { message, hint } of silent) context.stderr.write(`platc: ${message}\n  ${hint}\n`);
}

function isWhole(one: Packed): boolean {
  return one.status === "made" && one.pack.unknown.length === 0;
}

function madeText(pack: MadePack, specifier: string, root: string): string {
  const { source, version, added, replaced, gone = [], unknown } = pack;
  const what = added.length === 0 ? "its configuration" : added.join(", ");
  const lines = [
    ...(added.length === 0 && unknown.length > 0
      ? []
      : [`${relative(root, pack.path)}: ${source} ${version} has ${what} now, from ${specifier}`]),
    ...(replaced === undefined ? [] : [`  it replaces ${replaced}: the types that were there are read anew`]),
    ...(gone.length === 0 ? [] : [`  gone, since ${version} has no such types: ${gone.join(", ")}`]),
    ...unknown.map(({ type, near }) => {
      const meant = near === undefined ? "" : `: did you mean '${near}'?`;
      return `${source} ${version} has no '${type}', as ${specifier} tells${meant}`;
    }),
  ];
  return `${lines.join("\n")}\n`;
}
