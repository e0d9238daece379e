import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunEvent } from "./run-event.ts";

/** A run's own journal on this machine: what was started, for the next platc in case this one is killed. */
export interface RunJournal {
  readonly file: string;
  /** Resolves when the event is written. Events lie there in the order of the calls. */
  append(event: RunEvent): Promise<void>;
  close(): Promise<void>;
}

/** The folder of the journals of all runs. */
export function runsFolder(projectRoot: string): string {
  return join(projectRoot, ".platc", "runs");
}

export function journalFile(projectRoot: string, runId: string): string {
  return join(runsFolder(projectRoot), runId, "journal.jsonl");
}

/**
 * Opens the journal of a run for writing at its end; makes it where it is not there. Unless it need not outlive the
 * machine, each event is on the disk before `append` resolves.
 */
export async function openRunJournal(
  projectRoot: string,
  runId: string,
  { isSynced = true }: { readonly isSynced?: boolean } = {},
): Promise<RunJournal> {
  const file = journalFile(projectRoot, runId);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "a", 0o600);
  await endTornLine(file, handle);
  let last: Promise<void> = Promise.resolve();
  const inOrder = (work: () => Promise<void>) => (last = last.catch(() => undefined).then(work));
  return {
    file,
    append: (event) =>
      inOrder(async () => {
        await handle.appendFile(`${JSON.stringify(event)}\n`);
        if (isSynced) await handle.datasync();
      }),
    close: () => inOrder(() => handle.close()),
  };
}

/** A journal whose writer was killed within a line gets its end, or the next event would be lost with it. */
async function endTornLine(file: string, handle: Awaited<ReturnType<typeof open>>): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const reader = await open(file, "r");
  try {
    const { buffer } = await reader.read(Buffer.alloc(1), 0, 1, size - 1);
    if (buffer[0] !== 10) await handle.appendFile("\n");
  } finally {
    await reader.close();
  }
}
