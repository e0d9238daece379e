import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { OutputFile } from "../emit/emit-platform.ts";
import { identifierOf } from "../emit/identifiers.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import type { BundleFile } from "../ledger/bundle.ts";
import { hclString } from "../plans/hcl-string.ts";
import { overlayExpression } from "../plans/overlay-expression.ts";
import type { PartialValue } from "../plans/value.ts";
import type { RunContext } from "./run-context.ts";

/** Outputs that stand in for upstreams, by address. */
export type StandIns = ReadonlyMap<string, ReadonlyMap<string, PartialValue>>;

/** A stack that has left the spec, laid out again in a folder of its own with its modules beside it. */
export interface RestoredOrphan {
  /** Stands for the project's root. */
  readonly project: string;
  /** The root module's own files, ready to be run. */
  readonly files: readonly OutputFile[];
}

/** Lays out what the inventory keeps of a stack, with the last outputs of upstreams that are gone. */
export async function restoreOrphan(
  context: RunContext,
  { address, files, gone }: { address: string; files: readonly BundleFile[]; gone: StandIns },
): Promise<RestoredOrphan> {
  const project = join(context.root, ".platc", "runs", context.runId, "restored", address);
  const folder = stackFolder(context.platform.spec.name, address);
  for (const file of files) {
    const path = join(project, file.path);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, file.bytes, { mode: file.isExecutable ? 0o700 : 0o600 });
  }
  const root = files.filter((file) => file.path.startsWith(`${folder}/`));
  return {
    project,
    files: root.map(({ path, bytes }) =>
      path.endsWith("/main.tf.json")
        ? { path, content: prepareRoot(new TextDecoder().decode(bytes), join(context.root, folder), gone) }
        : { path, content: bytes },
    ),
  };
}

interface Root {
  readonly terraform?: { readonly backend?: { readonly local?: { path?: string } } };
  locals?: Record<string, unknown>;
  data?: Record<string, Record<string, unknown>>;
}

interface RemoteState {
  readonly backend?: string;
  readonly config?: { path?: string };
}

function prepareRoot(text: string, folder: string, gone: StandIns): string {
  const root = JSON.parse(text) as Root;
  layStandIns(root, gone);
  // States on this machine are named relative to the folder in out/, and this is another one.
  const own = root.terraform?.backend?.local;
  const read = Object.values(root.data?.["terraform_remote_state"] ?? {}) as readonly RemoteState[];
  for (const place of [own, ...read.filter((one) => one.backend === "local").map((one) => one.config)])
    if (place?.path !== undefined) place.path = resolve(folder, place.path);
  return JSON.stringify(root);
}

/** Puts outputs in the place of remote states in a root module that was compiled earlier. */
function layStandIns(root: Root, gone: StandIns): void {
  for (const [address, outputs] of gone) {
    const name = identifierOf(address);
    const entries = [...outputs].map(
      ([output, value]) => `${hclString(output)} = ${overlayExpression(value)}`,
    );
    root.locals = { ...root.locals, [name]: `\${{ ${entries.join(", ")} }}` };
    const states = root.data?.["terraform_remote_state"];
    delete states?.[name];
    if (root.data && states && Object.keys(states).length === 0) delete root.data["terraform_remote_state"];
  }
  if (root.data && Object.keys(root.data).length === 0) delete root.data;
}
