import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseHcl } from "../disk/hcl-parser.ts";
import { fillStackFolder, stackWorkFolder, type StackFolder } from "../disk/stack-folder.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import type { ExtraModules, RehearsedEmitter } from "../emit/rehearsed-emitter.ts";
import { configurationFiles } from "../modules/configuration-files.ts";
import type { ModuleContract } from "../modules/contract.ts";
import { isLocalSource } from "../modules/is-local-source.ts";
import type { ParsedHcl } from "../modules/parsed-hcl.ts";
import { readContract } from "../modules/read-contract.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { childEnvironment, type Environment } from "../terraform/child-environment.ts";
import { getCommand } from "../terraform/commands.ts";
import { installedModules } from "../terraform/installed-modules.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { runTerraform } from "../terraform/run-terraform.ts";
import { terraformErrors } from "../terraform/terraform-errors.ts";
import type { Flavour } from "../text/flavour.ts";
import type { Refusal } from "./given-endpoint.ts";
import { rootModuleCalls } from "./root-module-calls.ts";

export interface FetchRequest {
  readonly platform: Platform;
  readonly stacks: readonly Stack[];
  readonly extra: ExtraModules;
  readonly emitter: RehearsedEmitter;
  readonly projectRoot: string;
  readonly tools: Pick<Tools, "terraform" | "cliConfig">;
  readonly environment: Environment;
  readonly tell: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Every module that stacks call which compile has not read, by the stack's address. */
export type ContractsByAddress = ReadonlyMap<string, readonly ModuleContract[]>;

/**
 * Has Terraform fetch the modules that stacks call from registries and repositories, into the folders that the run
 * works in, and reads them: only then is it known which providers they ask for.
 */
export async function fetchedModules(request: FetchRequest): Promise<ContractsByAddress | Refusal> {
  const contracts = new Map<string, readonly ModuleContract[]>();
  for (const stack of request.stacks) {
    if (!fetches(request, stack)) continue;
    const folder = stackWorkFolder(request.projectRoot, request.platform.spec.name, stack.address);
    const refused = await fetchModules(request, stack, folder);
    if (refused) return refused;
    contracts.set(stack.address, await contractsIn(folder, request.tools.terraform.flavour));
  }
  return contracts;
}

/** Whether a stack, or a module that it calls, calls one that does not lie in the project. */
function fetches({ platform, extra }: FetchRequest, stack: Stack): boolean {
  const known = [
    ...stack.modules.flatMap(({ source }) => platform.contracts.get(source) ?? []),
    ...[...(extra.get(stack.address)?.values() ?? [])].flatMap(({ contract }) => contract ?? []),
  ];
  const calls = [...known.flatMap(({ moduleCalls }) => moduleCalls), ...rootModuleCalls(platform, stack)];
  return calls.some(({ source }) => !isLocalSource(source));
}

async function fetchModules(
  request: FetchRequest,
  stack: Stack,
  folder: StackFolder,
): Promise<Refusal | undefined> {
  const { emitter, environment, platform, projectRoot, signal, tools } = request;
  const { files } = await emitter.stack(stack);
  await fillStackFolder(folder, files, stackFolder(platform.spec.name, stack.address));
  const { env } = childEnvironment(environment, {
    dataFolder: folder.dataFolder,
    cliConfig: tools.cliConfig,
  });
  const result = await runTerraform({
    binary: tools.terraform.path,
    command: getCommand(),
    folder: folder.path,
    cwd: projectRoot,
    env,
    logFolder: join(folder.dataFolder, "logs"),
    ...(signal && { signal }),
  });
  const [error] = terraformErrors(result, { flavour: tools.terraform.flavour });
  if (!error) return undefined;
  return {
    status: "failed",
    message: `the modules that '${stack.address}' calls could not be fetched: ${error.message}`,
    hint: error.hint,
  };
}

async function contractsIn(folder: StackFolder, flavour: Flavour): Promise<readonly ModuleContract[]> {
  const modules = await installedModules(folder);
  return Promise.all(
    modules.map(async ({ path }) => readContract(await parsedFiles(path, flavour)).contract),
  );
}

async function parsedFiles(path: string, flavour: Flavour): Promise<ReadonlyMap<string, ParsedHcl>> {
  const names = configurationFiles((await readdir(path).catch(() => [])).sort(), flavour);
  return new Map(
    await Promise.all(
      names.map(
        async (name) => [name, await parseHcl(name, await readFile(join(path, name), "utf8"))] as const,
      ),
    ),
  );
}
