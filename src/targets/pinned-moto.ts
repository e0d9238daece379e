/** The versions of moto that a requirements file pins, for whichever Python. */
export function pinnedVersions(requirements: string): readonly string[] {
  return [...requirements.matchAll(/^moto(?:\[[^\]]*\])?==([\d.]+)/gm)].map((match) => match[1]!);
}

/** Whether a moto will do: the emulator reaches into it, so only later patches of a pinned version are taken. */
export function isCompatible(version: string | null, pins: readonly string[]): version is string {
  if (version === null) return false;
  const [major, minor, patch = 0] = version.split(".").map(Number);
  return pins.some((pin) => {
    const [pinnedMajor, pinnedMinor, pinnedPatch = 0] = pin.split(".").map(Number);
    return major === pinnedMajor && minor === pinnedMinor && patch >= pinnedPatch;
  });
}
