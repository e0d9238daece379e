/**
 * Where compile reads from: all paths are relative to the project root, with `/`. A test hands in a map, the
 * command line the disk. Reading the same path twice gives the same answer.
 */
export interface Sources {
  /** The text of a file; undefined where there is none. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The bytes of a file; undefined where there is none. */
  readonly readBytes: (path: string) => Promise<Uint8Array | undefined>;
  /** Every file below a folder, from the project root, sorted; empty where there is no such folder. */
  readonly listFiles: (folder: string) => Promise<readonly string[]>;
  /** The SHA-256 of a file's bytes, in hex; undefined where there is none. */
  readonly hash: (path: string) => Promise<string | undefined>;
  /** What a file is beside its bytes; undefined where there is none. */
  readonly kindOf: (path: string) => Promise<FileKind | undefined>;
}

/** As much of a file's mode as git keeps: whether its owner may run it, or where it points to as a link. */
export type FileKind =
  { readonly kind: "plain" | "program" } | { readonly kind: "link"; readonly target: string };
