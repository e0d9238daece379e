import { randomBytes } from "node:crypto";
import type { EntryContent, Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { newSalt, saltedHash } from "../ledger/salted-hash.ts";
import type { BundleFile } from "../ledger/bundle.ts";
import type { TestRecord } from "../ledger/test-record.ts";
import { canonicalJson } from "../ledger/canonical-json.ts";
import { partialToJson } from "../plans/partial-json.ts";
import type { Stack } from "../stacks/stack.ts";
import { withoutCredentials } from "../stores/backend-secrets.ts";
import { StoreConflictError } from "../stores/store-error.ts";
import type { StateFile } from "../stores/state-file.ts";
import { invariant } from "../diagnostics/invariant.ts";
import { whoAmI } from "./who-am-i.ts";
import { outputOf } from "./output-views.ts";
import type { RunContext } from "./run-context.ts";
import { holdsSecret, secretTest } from "./secret-test.ts";
import { secretTexts } from "./secret-texts.ts";
import type { OutputView } from "./stack-plan.ts";

export interface RecordRequest {
  readonly stack: Stack;
  readonly previous: Stamped<InventoryEntry> | undefined;
  /** "incomplete" before Terraform starts, "complete" after it has ended well. */
  readonly status: InventoryEntry["status"];
  readonly state: StateFile | undefined;
  readonly viewByAddress: ReadonlyMap<string, OutputView>;
  readonly tested: TestRecord | null;
  /** What Terraform has just found; that of the state, if left out. */
  readonly failedAssertions?: readonly string[];
}

/** Writes down what is applied under a stack's address, and what it was made from. */
export async function recordInventory(
  context: RunContext,
  request: RecordRequest,
): Promise<Stamped<InventoryEntry>> {
  const { stack, previous, status, state } = request;
  const ledger = await context.ledger(stack);
  const { backend } = await context.stateStore(stack);
  const manifest = context.manifestByAddress.get(stack.address);
  invariant(manifest, `'${stack.address}' is not in the manifest`);
  const salt = newSalt(randomBytes);
  const bundle = await ledger.bundles.put(await bundleFiles(context, stack));
  const content: EntryContent<InventoryEntry> = {
    runId: context.runId,
    status,
    appliedAt: context.now().toISOString(),
    by: whoAmI(),
    address: stack.address,
    stack: {
      name: stack.name,
      environment: stack.environment.name,
      customer: stack.customer ?? null,
      each: stack.each?.key ?? null,
    },
    app: stack.app ?? null,
    stage: stack.stage,
    target: context.target.kind,
    terraform: { product: context.tools.terraform.flavour, version: context.tools.terraform.version },
    stateKey: stack.state.key,
    backend: withoutCredentials(backend),
    parts: manifest.parts,
    releaseDigest: manifest.release,
    salt,
    ...consumedParts(context, request, salt),
    variables: Object.fromEntries(
      stack.variables.flatMap((name) => {
        const value = context.variable(name);
        return value === undefined ? [] : [[name, saltedHash(value, salt)] as const];
      }),
    ),
    state: state ? { lineage: state.lineage, serial: state.serial } : null,
    upstream: stack.upstream,
    protected: protectedAddresses(context, stack),
    bundle,
    dataSources: state?.dataSources ?? 0,
    ...failedChecks(request),
    tested: request.tested,
  };
  try {
    return await ledger.inventory.write(content, previous);
  } catch (error) {
    // Another run has begun on the stack meanwhile and waits for the lock that this one held: what it wrote is older.
    const hasApplied = previous?.entry.runId === context.runId && previous.entry.status === "incomplete";
    if (!(error instanceof StoreConflictError) || !hasApplied) throw error;
    return ledger.inventory.write(content, await ledger.inventory.read(stack.address));
  }
}

function failedChecks({ state, failedAssertions }: RecordRequest): Pick<InventoryEntry, "failedAssertions"> {
  const failed = failedAssertions ?? state?.failedAssertions ?? [];
  return failed.length === 0 ? {} : { failedAssertions: failed };
}

function consumedParts(
  { platform, variable }: RunContext,
  { stack, viewByAddress }: RecordRequest,
  salt: string,
): Pick<InventoryEntry, "consumed" | "lastOutputs"> {
  const read = stack.consumed.map(({ address, output }) => ({
    name: `${address}#${output}`,
    value: outputOf(viewByAddress.get(address), output),
  }));
  const stored = secretTexts(read.map(({ value }) => value));
  const isSecret = secretTest({ spec: platform.spec, variable, stored });
  const consumed: Record<string, string> = {};
  const lastOutputs: Record<string, string | null> = {};
  for (const { name, value } of read) {
    const json = partialToJson(value);
    if (json === undefined) continue;
    consumed[name] = saltedHash(json, salt);
    if (value.sensitive) lastOutputs[name] = null;
    else if (!holdsSecret(value, isSecret)) lastOutputs[name] = canonicalJson(json);
  }
  return { consumed, lastOutputs };
}

/** Everything that the stack's root module needs to be run again after its code has left the repository. */
async function bundleFiles(context: RunContext, stack: Stack): Promise<readonly BundleFile[]> {
  const { platform, sources, emitter } = context;
  const { files } = await emitter.stack(stack);
  const modules = stack.modules.flatMap((call) => platform.modules.get(call.source)?.files ?? []);
  const named = stack.paths.filter((path) => !platform.folders.has(path));
  const own = files.map(({ path, content }) => ({
    path,
    bytes: typeof content === "string" ? new TextEncoder().encode(content) : content,
    isExecutable: false,
  }));
  const others = await Promise.all(
    [...new Set([...modules, ...named])].map(async (path) => ({
      path,
      bytes: (await sources.readBytes(path)) ?? new Uint8Array(),
      isExecutable: false,
    })),
  );
  return [...own, ...others];
}

function protectedAddresses(context: RunContext, stack: Stack): readonly string[] {
  return stack.modules.flatMap((call) =>
    (context.platform.modules.get(call.source)?.contract.resources ?? [])
      .filter((resource) => resource.preventDestroy)
      .map((resource) =>
        [
          `module.${call.name}`,
          ...(resource.module ? [resource.module] : []),
          `${resource.type}.${resource.name}`,
        ].join("."),
      ),
  );
}
