/** Whether a key of an object is what a pattern says: `*` is anything but `/`, `**` anything. */
export function matchesKey(key: string, pattern: string): boolean {
  const parts = pattern.split(/(\*+)/).map((part) => {
    if (part === "*") return "[^/]*";
    return /^\*+$/.test(part) ? ".*" : part.replace(/[\\^$.+?()[\]{}|/]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "su").test(key);
}

/** What all keys begin with that a pattern can match. */
export function prefixOfPattern(pattern: string): string {
  const [prefix = ""] = pattern.split("*");
  return prefix;
}
