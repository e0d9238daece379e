import type { Flavour } from "../text/flavour.ts";

export interface PinnedTerraform {
  readonly version: string;
  /** Of the release archive, a zip, by `os_arch`. */
  readonly sha256ByPlatform: Readonly<Record<string, string>>;
}

/**
 * The Terraform that platc installs where there is none. The sums come from public package manifests: darwin and linux
 * from the vendor's Homebrew formula, confirmed by others' (casks, Nix flakes); windows from the winget manifest alone.
 */
const TERRAFORM = {
  version: "1.11.4",
  sha256ByPlatform: {
    darwin_amd64: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    darwin_arm64: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
    linux_amd64: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    linux_arm64: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
    windows_amd64: "4e1dc85419dda723f2bb3afdf63a0d282a2de858588d56dd57d2e4e4c4c83f2b",
  },
} as const satisfies PinnedTerraform;

/**
 * The OpenTofu that platc installs where there is none. Darwin and linux are those of a Homebrew formula, windows that of
 * a Chocolatey package; each is pinned the same in two or more other public repositories.
 */
const OPENTOFU = {
  version: "1.12.6",
  sha256ByPlatform: {
    darwin_amd64: "166388e5feed47e107e11721b6366bf91d21e47eccbced75f3cbe0c7184ffd9b",
    darwin_arm64: "e083ee43790ab9e19ad66d9933e24a7244a1412e1d5728f37999ae2163fdac95",
    linux_amd64: "5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8",
    linux_arm64: "e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d",
    windows_amd64: "0d1421721cf9ec24b41b698a9620dda218d47fa7e76ac3dc15cdbc13bd79b0bb",
  },
} as const satisfies PinnedTerraform;

/** What platc installs, by whose it is. */
export const PINNED = { terraform: TERRAFORM, opentofu: OPENTOFU } as const satisfies Readonly<
  Record<Flavour, PinnedTerraform>
>;
