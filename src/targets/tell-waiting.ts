import { waitingFor } from "../rehearsal/waiting-for.ts";
import { fileLockHolder } from "../stores/file-lock-holder.ts";

const EVERY_MS = 15_000;

/** Does work that begins when a lock is free, and tells whom it waits for: at once, and every 15 s. */
export async function tellWaiting<Result>(
  lock: string,
  tell: (message: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const holder = await fileLockHolder(lock);
  if (!holder) return work();
  const begun = Date.now();
  tell(waitingFor(holder, 0));
  const timer = setInterval(() => {
    const seconds = (Date.now() - begun) / 1000;
    void fileLockHolder(lock).then((now) => now && tell(waitingFor(now, seconds)));
  }, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
