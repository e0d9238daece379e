import { LOCK_FILE } from "../emit/emit-platform.ts";
import { lockEntries, ofLockable } from "../emit/lock-entries.ts";
import { readProviderSchema } from "../provider/read-provider-schema.ts";
import type { SchemaService } from "../rehearsal/serve-schemas.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { cachedProviders } from "../terraform/cached-providers.ts";
import type { Environment } from "../terraform/child-environment.ts";
import { lockedVersion } from "../terraform/lock-problems.ts";
import { providerCacheFolder } from "../terraform/provider-cache.ts";
import { folderOf } from "../text/paths.ts";
import type { Tools } from "../terraform/prepare-tools.ts";

/**
 * What Terraform asks providers to write a plan as JSON: the schemas of its types, and nothing else. Starting the
 * provider of a large cloud for that takes seconds of a core, each time; platc says the same from its cache.
 */
export interface PlanSchemas {
  /** Settings for Terraform that make it ask platc; none where platc cannot say it, or not sooner than the provider. */
  readonly environment: () => Promise<Readonly<Record<string, string>> | undefined>;
  readonly close: () => Promise<void>;
}

export interface PlanSchemasRequest {
  readonly platform: Platform;
  readonly stacks: readonly Stack[];
  readonly sources: Sources;
  readonly tools: Pick<Tools, "terraform" | "mirrors" | "cliConfigText">;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

/** Asking a provider for all of its types takes as long as writing a plan or two. */
const WORTH_ASKING = 3;

/** Opens nothing yet: that is done where the first plan is read. */
export function openPlanSchemas(request: PlanSchemasRequest): PlanSchemas {
  let asked = 0;
  // What goes wrong here is no reason to stop: the providers can be asked.
  const serveIfPossible = (mayAsk: boolean) => serve(request, mayAsk).catch(() => undefined);
  let known: Promise<SchemaService | undefined> | undefined;
  let captured: Promise<SchemaService | undefined> | undefined;
  return {
    async environment() {
      asked++;
      const service =
        (await (known ??= serveIfPossible(false))) ??
        (asked >= WORTH_ASKING ? await (captured ??= serveIfPossible(true)) : undefined);
      return service && { TF_REATTACH_PROVIDERS: service.reattach };
    },
    async close() {
      for (const service of [known, captured]) (await service)?.close();
    },
  };
}

/** Every provider or none: Terraform starts the others, and takes as long. */
async function serve(request: PlanSchemasRequest, mayAsk: boolean): Promise<SchemaService | undefined> {
  const { platform, stacks, sources, tools, environment, signal } = request;
  // What is overridden is not what is locked.
  if (tools.cliConfigText?.includes("dev_overrides")) return undefined;
  const [{ schemaNeeds }, { installedSchema }] = await Promise.all([
    import("../rehearsal/schema-needs.ts"),
    import("../rehearsal/installed-schema.ts"),
  ]);
  const needs = schemaNeeds(platform, stacks);
  if (needs.length === 0) return undefined;
  const lockText = await sources.readText(`${folderOf(platform.specPath)}/${LOCK_FILE}`);
  const locked = lockEntries(lockText ?? "");
  const cache = { path: providerCacheFolder(environment), providers: cachedProviders(environment, lockText) };
  const mirrors = [...tools.mirrors, { ...cache, origin: "convention" as const }];
  const search = {
    tools: { terraform: tools.terraform, mirrors },
    environment,
    signal,
    mayAsk,
    tell: () => undefined,
  };
  const schemas = await Promise.all(
    needs.map(async (need) => {
      const version = lockedVersion(ofLockable(locked, need.source, tools.terraform.flavour));
      const found = version === undefined ? undefined : await installedSchema(need, version, search);
      return found?.status === "ok" ? readProviderSchema(found.json, need.source, found.version) : undefined;
    }),
  );
  const whole = schemas.filter((schema) => schema !== undefined);
  if (whole.length < needs.length) return undefined;
  return (await import("../rehearsal/serve-schemas.ts")).serveSchemas(whole);
}
