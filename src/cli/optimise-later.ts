import { setFlagsFromString } from "node:v8";

// Those of Node 20 and 22. V8 prints an error for a flag that it does not know, so no version is guessed.
const FLAG_BY_VERSION: Readonly<Record<string, string>> = {
  "11.3": "--interrupt-budget=1000000",
  "12.4": "--invocation-count-for-turbofan=30000",
};

/**
 * Lets V8 wait longer before it optimises a function. A command lives for about a second, of which V8 would otherwise
 * spend up to half on optimising what is hardly called again; what runs for long is optimised all the same.
 */
export function optimiseLater(): void {
  const flag = FLAG_BY_VERSION[process.versions.v8.split(".").slice(0, 2).join(".")];
  if (flag !== undefined) setFlagsFromString(flag);
}
