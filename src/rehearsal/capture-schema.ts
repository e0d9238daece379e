import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { replaceFile } from "../disk/replace-file.ts";
import { cutProviderSchema, type ProviderTypes } from "../provider/cut-provider-schema.ts";
import type { ProviderSchemaJson } from "../provider/read-provider-schema.ts";
import { missingTypes } from "../provider/schema-pack.ts";
import { cacheFolder } from "../terraform/cache-folder.ts";
import { childEnvironment, type Environment } from "../terraform/child-environment.ts";
import { quote } from "../terraform/cli-config-of-json.ts";
import { initCommand, providersSchemaCommand, type TerraformCommand } from "../terraform/commands.ts";
import type { FoundTerraform } from "../terraform/find-terraform.ts";
import { runTerraform } from "../terraform/run-terraform.ts";
import { terraformErrors } from "../terraform/terraform-errors.ts";
import { digestOf } from "../text/digest.ts";
import { FLAVOURS } from "../text/flavour.ts";
import { knownTypes } from "./known-types.ts";

export interface CaptureRequest {
  /** With its host, such as `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
  /** The folder of the mirror that holds it. */
  readonly mirror: string;
  readonly types: ProviderTypes;
  readonly terraform: Pick<FoundTerraform, "path" | "flavour">;
  readonly environment: Environment;
  readonly tell: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** Where it is false, what is not in the cache is not asked for. */
  readonly mayAsk?: boolean;
}

export type CapturedSchema =
  | {
      readonly status: "ok";
      readonly json: ProviderSchemaJson;
      /** All that the provider has, where it lacks one of the types. */
      readonly known?: readonly string[];
    }
  | { readonly status: "failed"; readonly message: string };

/**
 * The schema of a provider that lies in a mirror, cut to some types. The whole one is asked for once and kept in
 * platc's cache, compressed, and so is every cut: starting the aws provider takes seconds, reading a cut milliseconds.
 */
export async function captureSchema(request: CaptureRequest): Promise<CapturedSchema> {
  const { source, version, types, mayAsk = true } = request;
  const folder = join(cacheFolder(request.environment), "schemas", ...source.split("/"), version);
  const cutPath = join(folder, `${digestOf(JSON.stringify(types)).slice(0, 16)}.json`);
  const known = readJson(() => readFileSync(cutPath, "utf8"));
  if (known !== undefined) return { status: "ok", json: known };
  const wholePath = join(folder, "whole.json.gz");
  let whole = readJson(() => gunzipSync(readFileSync(wholePath)).toString("utf8"));
  if (whole === undefined) {
    if (!mayAsk) return { status: "failed", message: failure(request, "it is not in the cache") };
    const asked = await askTerraform(request, folder);
    if (asked.status === "failed") return asked;
    whole = asked.json;
    replaceFile(wholePath, gzipSync(JSON.stringify(whole), { level: 4 }), 0o600);
  }
  const cut = cutProviderSchema(whole, types);
  if (missingTypes(cut, types).length > 0) return { status: "ok", json: cut, known: knownTypes(whole) };
  replaceFile(cutPath, JSON.stringify(cut), 0o600);
  return { status: "ok", json: cut };
}

/** Terraform is told of this one mirror and of nothing else, so that it cannot download. */
async function askTerraform(request: CaptureRequest, folder: string): Promise<CapturedSchema> {
  const { source, version, mirror, terraform, environment, tell } = request;
  const { flavour } = terraform;
  tell(`Reading the schema of ${source} ${version}, once`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(folder, "capture-"));
  try {
    const required = { captured: { source, version } };
    writeFileSync(
      join(scratch, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: required } }),
    );
    const cliConfig = join(scratch, "terraform.tfrc");
    const place = `filesystem_mirror {\n    path = ${quote(mirror)}\n  }`;
    writeFileSync(cliConfig, `provider_installation {\n  ${place}\n}\n`);
    const env = {
      ...childEnvironment(environment, {
        cliConfig: { kind: "own", path: cliConfig },
        dataFolder: join(scratch, ".terraform"),
      }).env,
    };
    // A cache of plugins would be filled by what lies here already.
    delete env["TF_PLUGIN_CACHE_DIR"];
    const run = (command: TerraformCommand) =>
      runTerraform({
        binary: terraform.path,
        command,
        folder: scratch,
        env,
        logFolder: join(scratch, "logs"),
        ...(request.signal && { signal: request.signal }),
      });
    for (const command of [initCommand({ hasLockFile: false }), providersSchemaCommand()]) {
      const result = await run(command);
      const [error] = terraformErrors(result, { flavour });
      if (error)
        return { status: "failed", message: failure(request, error.diagnostic?.detail ?? error.message) };
      if (command.output === "result") return readAnswer(request, result.stdoutText);
    }
    return { status: "failed", message: failure(request, `${FLAVOURS[flavour].product} printed nothing`) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readAnswer(request: CaptureRequest, stdout: string): CapturedSchema {
  const answer = JSON.parse(stdout) as {
    readonly provider_schemas?: Readonly<Record<string, ProviderSchemaJson>>;
  };
  const json = answer.provider_schemas?.[request.source];
  if (json !== undefined) return { status: "ok", json };
  return {
    status: "failed",
    message: failure(request, `${FLAVOURS[request.terraform.flavour].product} printed no schema of it`),
  };
}

function failure({ source, version, mirror }: CaptureRequest, detail: string): string {
  const line = detail.trim().replace(/\s+/g, " ");
  return `The schema of ${source} ${version} could not be read from the mirror '${mirror}': ${line}`;
}

/** What cannot be read is made again. */
function readJson(read: () => string): ProviderSchemaJson | undefined {
  try {
    return JSON.parse(read()) as ProviderSchemaJson;
  } catch {
    return undefined;
  }
}
