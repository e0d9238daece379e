import { existsSync } from "node:fs";
import { join } from "node:path";
import { processStatus } from "../../src/stores/process-identity.ts";
import { type BuiltPlatc, lastJournal } from "../run/platc-process.ts";
import { type Project, until } from "../run/project.ts";

/**
 * Kills platc and its Terraform in the middle of an apply of `dev/slow` (`SLOW`), whose state is locked then. Gives what
 * `state unlock` says of the lock meanwhile.
 */
export async function endWhileLocked(platc: BuiltPlatc, project: Project, selector: string): Promise<string> {
  project.remove("go");
  const { child, ended } = platc.start(project, "apply", selector, "--auto-approve");
  const isSeen = (): boolean =>
    existsSync(join(project.root, "started")) &&
    lastJournal(project).some((event) => event.kind === "lock-seen" && isOfSlow(event));
  await until(isSeen, "the slow stack is being applied");
  const started = lastJournal(project).find((event) => event.kind === "process-started" && isOfSlow(event));
  if (started?.kind !== "process-started") throw new Error("no Terraform process in the journal");
  const { text } = await platc.start(project, "state", "unlock", "dev/slow").ended;
  child.kill("SIGKILL");
  process.kill(started.identity.pid, "SIGKILL");
  await ended;
  await until(() => processStatus(started.identity) === "dead", "Terraform is dead");
  project.write("go", "");
  return text;
}

/** Others may be applied at the same time. */
function isOfSlow(event: { readonly process: string }): boolean {
  return event.process.startsWith("dev/slow:");
}
