import { cpSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fullSource } from "../../src/emit/lock-entries.ts";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";
import { makeProject, type Project } from "../run/project.ts";

/** D2b in a project of its own, with an emulator of its own. */
export interface D2bProject extends Project {
  readonly endpoint: string;
  /** Ends the emulator, by the pid that it was started with, and deletes the project. */
  readonly close: () => Promise<void>;
}

/** The project, or why this machine cannot run it: the product looks for what it needs, as it does for users. */
export async function openD2b(): Promise<D2bProject | string> {
  const lacking = await lacksForAws();
  if (lacking !== undefined) return lacking;
  const project = copyD2b();
  const close = async (): Promise<void> => {
    await stopEmulator(project.root);
    project.remove(".");
  };
  const opened = await openEmulator({
    projectRoot: project.root,
    environment: process.env,
    tell: () => undefined,
  });
  if (opened.status === "ok") return { ...project, endpoint: opened.endpoint, close };
  await close();
  return `${opened.message}. ${opened.hint}`;
}

/** The spec and its modules in a project of their own. */
export function copyD2b(): Project {
  const project = makeProject({ "package.json": '{ "platc": { "spec": "specs/d2b/platform.yaml" } }' });
  const repository = resolve(import.meta.dirname, "../..");
  for (const folder of ["modules/aws", "specs/d2b"])
    cpSync(join(repository, folder), join(project.root, folder), {
      recursive: true,
      filter: (path) => !/\.terraform$|__pycache__/.test(path),
    });
  return project;
}

/** Why no Terraform with the aws provider can run here; undefined where one can. */
export async function lacksForAws(): Promise<string | undefined> {
  const terraform = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (terraform.status === "missing") return terraform.message;
  const source = fullSource("hashicorp/aws", terraform.flavour);
  const [host = ""] = source.split("/");
  if (isAwsMirrored(source) || (await answers(`https://${host}/.well-known/terraform.json`)))
    return undefined;
  return `no mirror holds ${source}, and its registry does not answer`;
}

/** Whether the provider comes from a mirror of this machine, and not by a download of its own for each stack. */
export function isAwsMirrored(source = fullSource("hashicorp/aws")): boolean {
  const places = { environment: process.env, home: homedir(), platform: hostPlatform() };
  const { mirrors } = findProviderMirrors({ ...places, project: process.cwd() });
  return mirrors.some(({ providers }) => providers.some((one) => one.source === source));
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.ok,
    () => false,
  );
}
