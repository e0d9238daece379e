/** A version as Terraform reads it. */
export interface Version {
  readonly numbers: readonly number[];
  readonly prerelease: string;
}

/** Undefined where the text is none. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(text.trim());
  if (!match) return undefined;
  return { numbers: match[1]!.split(".").map(Number), prerelease: match[2] ?? "" };
}

/** Above 0 where the left one is newer; a prerelease comes before its release. */
export function compareVersions(left: Version, right: Version): number {
  for (let at = 0; at < Math.max(left.numbers.length, right.numbers.length); at++) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.prerelease === right.prerelease) return 0;
  if (left.prerelease === "") return 1;
  if (right.prerelease === "") return -1;
  return left.prerelease < right.prerelease ? -1 : 1;
}

/** The order of versions as texts, oldest first; what is no version comes before all. */
export function byVersion(left: string, right: string): number {
  const [one, other] = [parseVersion(left), parseVersion(right)];
  if (one && other) return compareVersions(one, other);
  return Number(one !== undefined) - Number(other !== undefined);
}
