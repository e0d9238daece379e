import { byCodePoint } from "../text/compare.ts";

/** What the manifest says of one stack. */
export interface ManifestEntry {
  readonly address: string;
  readonly stage: string;
  readonly state: { readonly backend: string; readonly key: string };
  readonly upstream: readonly string[];
  /** Names of the files in the stack's folder, sorted: what platc wrote and may remove. */
  readonly files: readonly string[];
  /** Everything that makes the stack's plan. */
  readonly digest: string;
  /** The same by parts, so that a run can say which one changed. */
  readonly parts: Readonly<Record<string, string>>;
  /** What the stack is made of below the environment and customer layers: what promotion compares. */
  readonly release: string;
}

/** One line per stack, sorted by address, so that two pull requests merge. */
export function writeManifest(platform: string, entries: readonly ManifestEntry[]): string {
  const lines = [...entries]
    .sort((left, right) => byCodePoint(left.address, right.address))
    .map(({ parts: _parts, ...line }) => JSON.stringify(line));
  return `{"format":1,"platform":${JSON.stringify(platform)},"stacks":[\n${lines.join(",\n")}\n]}\n`;
}
