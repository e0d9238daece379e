import { createHash } from "node:crypto";
import type { Sources } from "./sources.ts";
import { byCodePoint } from "../text/compare.ts";

/** A project that lies in memory: text or bytes by path from its root, all of them plain files. */
export function memorySources(files: Readonly<Record<string, string | Uint8Array>>): Sources {
  const bytesByPath = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? Buffer.from(content, "utf8") : content,
    ]),
  );
  return {
    readBytes: async (path) => bytesByPath.get(path),
    readText: async (path) => {
      const bytes = bytesByPath.get(path);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    listFiles: async (folder) =>
      [...bytesByPath.keys()]
        .filter((path) => folder === "" || path.startsWith(`${folder}/`))
        .sort(byCodePoint),
    hash: async (path) => {
      const bytes = bytesByPath.get(path);
      return bytes === undefined ? undefined : createHash("sha256").update(bytes).digest("hex");
    },
    kindOf: async (path) => (bytesByPath.has(path) ? { kind: "plain" } : undefined),
  };
}
