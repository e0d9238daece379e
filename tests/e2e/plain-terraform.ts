import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { emulatedAws } from "../../src/targets/emulated-aws.ts";
import { childEnvironment } from "../../src/terraform/child-environment.ts";
import { chooseCliConfig } from "../../src/terraform/cli-config.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";

/** Runs Terraform as somebody does who has left platc: with a CLI configuration, variables and an AWS, and no more. */
export async function runPlainTerraform(
  project: {
    readonly root: string;
    readonly endpoint?: string;
    readonly environment: Record<string, string>;
  },
  cwd: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  const found = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (found.status === "missing") throw new Error(found.message);
  const places = { environment: process.env, home: homedir(), flavour: found.flavour };
  const { mirrors } = findProviderMirrors({ ...places, project: project.root, platform: hostPlatform() });
  const folder = join(project.root, ".platc", "plain");
  const { env } = childEnvironment(
    { ...process.env, ...project.environment },
    {
      declaredVariables: [],
      cliConfig: chooseCliConfig({ ...places, mirrors, folder }).choice,
      isAwsEmulated: project.endpoint !== undefined,
      additions: project.endpoint === undefined ? {} : emulatedAws(project.endpoint, process.env),
    },
  );
  const child = spawn(found.path, args, { cwd, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, output };
}
