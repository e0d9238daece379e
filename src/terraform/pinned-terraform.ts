/**
 * The Terraform that platc installs where there is none: the SHA-256 of each release archive, by `os_arch`. The sums
 * come from public package manifests: darwin and linux from the vendor's Homebrew formula, confirmed by others'
 * (casks, Nix flakes); windows from the winget manifest alone.
 */
export const PINNED_TERRAFORM = {
  version: "1.11.4",
  sha256ByPlatform: {
    darwin_amd64: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    darwin_arm64: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
    linux_amd64: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    linux_arm64: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
    windows_amd64: "4e1dc85419dda723f2bb3afdf63a0d282a2de858588d56dd57d2e4e4c4c83f2b",
  },
} as const satisfies PinnedTerraform;

export interface PinnedTerraform {
  readonly version: string;
  readonly sha256ByPlatform: Readonly<Record<string, string>>;
}
