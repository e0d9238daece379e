/** What people and CI commonly run on, as Terraform spells it. */
export const COMMON_PLATFORMS: readonly string[] = [
  "linux_amd64",
  "linux_arm64",
  "darwin_amd64",
  "darwin_arm64",
  "windows_amd64",
];
