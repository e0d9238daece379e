import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { runCommandLine } from "../../src/cli/program.ts";

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An empty folder that commands are run in. */
export interface ScratchFolder {
  readonly root: string;
  readonly platc: (...args: readonly string[]) => Promise<Ended>;
  /** Runs a command on a terminal where somebody types these lines, each after a question. */
  readonly typed: (lines: readonly string[], ...args: readonly string[]) => Promise<Ended>;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  readonly has: (path: string) => boolean;
  /** Every file, sorted. */
  readonly files: () => readonly string[];
  readonly remove: () => void;
}

export function makeScratchFolder(): ScratchFolder {
  const root = mkdtempSync(join(tmpdir(), "platc-init-"));
  return {
    root,
    platc: (...args) => run(root, args),
    typed: (lines, ...args) => run(root, args, lines),
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    has: (path) => existsSync(join(root, path)),
    files: () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .sort(),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function run(cwd: string, args: readonly string[], lines?: readonly string[]): Promise<Ended> {
  const told = { out: "", err: "" };
  const stdin = Object.assign(new PassThrough(), { isTTY: lines !== undefined });
  const left = [...(lines ?? [])];
  const stream = (name: "out" | "err"): NodeJS.WriteStream =>
    Object.assign(new PassThrough(), {
      isTTY: lines !== undefined,
      write: (text: string) => {
        told[name] += text;
        // A question ends without an end of line; somebody who has nothing more to say ends the input.
        if (name === "out" && text.endsWith(": ")) answer(stdin, left.shift());
        return true;
      },
    }) as unknown as NodeJS.WriteStream;
  const code = await runCommandLine(args, {
    environment: { PATH: process.env["PATH"], HOME: cwd },
    cwd,
    stdout: stream("out"),
    stderr: stream("err"),
    stdin: stdin as unknown as NodeJS.ReadStream,
    now: () => new Date(0),
  });
  return { code, ...told };
}

function answer(stdin: PassThrough, line: string | undefined): void {
  setImmediate(() => (line === undefined ? stdin.end() : stdin.write(`${line}\n`)));
}
