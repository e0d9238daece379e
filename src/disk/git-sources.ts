import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import type { FileKind, Sources } from "../source/sources.ts";
import { byCodePoint } from "../text/compare.ts";
import { folderOf, resolvePath } from "../text/paths.ts";
import { isLeftover } from "./disk-sources.ts";

/** A project as it was at a revision; `close` ends the git process that reads it. */
export interface GitSources extends Sources {
  /** The full hash of the revision's commit. */
  readonly commit: string;
  readonly close: () => void;
}

/** What git has to say against a revision. */
export class GitError extends Error {}

interface TreeEntry {
  readonly object: string;
  readonly kind: FileKind["kind"];
}

/** The project in a folder of a git repository as it was at a revision; a GitError if there is no such revision. */
export async function gitSources(root: string, revision: string): Promise<GitSources> {
  const commit = (
    await git(
      root,
      ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`],
      `there is no revision '${revision}'`,
    )
  ).trim();
  const tree = readTree(
    await git(root, ["ls-tree", "-r", "-z", commit], `the files of '${revision}' cannot be listed`),
  );
  const paths = [...tree.keys()].filter((path) => !path.split("/").some(isLeftover)).sort(byCodePoint);
  const reader = new ObjectReader(root);
  const bytesByPath = new Map<string, Promise<Uint8Array | undefined>>();
  const readBytes = (path: string): Promise<Uint8Array | undefined> => {
    const known = bytesByPath.get(path) ?? readFrom(tree, reader, path, 0);
    bytesByPath.set(path, known);
    return known;
  };
  return {
    commit,
    close: () => reader.close(),
    readBytes,
    readText: async (path) => {
      const bytes = await readBytes(path);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    listFiles: async (folder) => paths.filter((path) => folder === "" || path.startsWith(`${folder}/`)),
    hash: async (path) => {
      const bytes = await readBytes(path);
      return bytes === undefined ? undefined : createHash("sha256").update(bytes).digest("hex");
    },
    kindOf: async (path) => {
      const entry = tree.get(path);
      if (entry?.kind !== "link") return entry && { kind: entry.kind };
      return { kind: "link", target: new TextDecoder().decode(await reader.read(entry.object)) };
    },
  };
}

const KIND_BY_MODE: ReadonlyMap<string, FileKind["kind"]> = new Map([
  ["120000", "link"],
  ["100755", "program"],
]);

/** `mode type object\tpath`, each ended by a null byte; submodules hold no files. */
function readTree(listing: string): ReadonlyMap<string, TreeEntry> {
  const tree = new Map<string, TreeEntry>();
  for (const line of listing.split("\0")) {
    const [, mode, type, object, path] = /^(\d+) (\w+) ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    if (type === "blob" && object !== undefined && path !== undefined) {
      tree.set(path, { object, kind: KIND_BY_MODE.get(mode ?? "") ?? "plain" });
    }
  }
  return tree;
}

/** Follows links as the disk does, as long as they stay in the project. */
async function readFrom(
  tree: ReadonlyMap<string, TreeEntry>,
  reader: ObjectReader,
  path: string,
  depth: number,
): Promise<Uint8Array | undefined> {
  const entry = tree.get(path);
  if (!entry || depth > 20) return undefined;
  const bytes = await reader.read(entry.object);
  if (entry.kind !== "link") return bytes;
  const target = resolvePath(folderOf(path), new TextDecoder().decode(bytes));
  return target === undefined ? undefined : readFrom(tree, reader, target, depth + 1);
}

/** One `git cat-file --batch` for all files, started with the first. */
class ObjectReader {
  private process: ChildProcessWithoutNullStreams | undefined;
  private chunks: Buffer[] = [];
  private received = 0;
  private needed = 0;
  private readonly waiting: { resolve(bytes: Uint8Array): void; reject(error: Error): void }[] = [];

  constructor(private readonly root: string) {}

  read(object: string): Promise<Uint8Array> {
    const { stdin } = (this.process ??= this.start());
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      stdin.write(`${object}\n`);
    });
  }

  close(): void {
    this.process?.stdin.end();
    this.process = undefined;
  }

  private start(): ChildProcessWithoutNullStreams {
    const child = spawn("git", ["cat-file", "--batch"], { cwd: this.root });
    const fail = (error: Error): void => {
      for (const { reject } of this.waiting.splice(0)) reject(error);
    };
    child.stdin.on("error", fail);
    child.on("error", fail);
    child.on("close", () => fail(new GitError("git ended before all files were read")));
    child.stdout.on("data", (chunk: Buffer) => this.take(chunk));
    return child;
  }

  /** `object type size\n`, the bytes, `\n`. */
  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (this.received < this.needed) return;
    this.needed = 0;
    let buffer = Buffer.concat(this.chunks);
    for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10)) {
      const header = buffer.toString("latin1", 0, end);
      const size = Number(/ (\d+)$/.exec(header)?.[1]);
      if (Number.isNaN(size)) {
        this.waiting.shift()?.reject(new GitError(`git cannot read an object: ${header}`));
        buffer = buffer.subarray(end + 1);
        continue;
      }
      this.needed = end + 1 + size + 1;
      if (buffer.length < this.needed) break;
      this.waiting.shift()?.resolve(Uint8Array.from(buffer.subarray(end + 1, end + 1 + size)));
      buffer = buffer.subarray(this.needed);
      this.needed = 0;
    }
    this.chunks = [buffer];
    this.received = buffer.length;
  }
}

async function git(cwd: string, args: readonly string[], complaint: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", args, { cwd, maxBuffer: 1 << 30 });
    return stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") throw new GitError("git is not installed");
    throw new GitError([complaint, stderr?.trim().split("\n").at(-1)].filter(Boolean).join(": "));
  }
}
