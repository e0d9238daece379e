import { closeSync, openSync, readSync, watch, type FSWatcher } from "node:fs";

export interface FollowedFile {
  /** Reads what is left, hands it over and lets go of the file. */
  stop(): void;
}

/**
 * Hands over the bytes of a growing file as they are written. The file's change events make it quick; they get lost
 * on some file systems and run out on others, so it looks by itself too.
 */
export function followFile(path: string, onBytes: (bytes: Buffer) => void, intervalMs = 100): FollowedFile {
  const descriptor = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(64 * 1024);
  let position = 0;
  const read = (): void => {
    for (;;) {
      const length = readSync(descriptor, buffer, 0, buffer.length, position);
      if (length === 0) return;
      position += length;
      onBytes(buffer.subarray(0, length));
    }
  };
  const timer = setInterval(read, intervalMs);
  const watcher = tryToWatch(path, read);
  return {
    stop() {
      clearInterval(timer);
      watcher?.close();
      try {
        read();
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function tryToWatch(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(path, { persistent: false }, onChange).on("error", () => {});
  } catch {
    return undefined;
  }
}
