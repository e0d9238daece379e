const OS_BY_NODE: Readonly<Record<string, string>> = { win32: "windows", sunos: "solaris" };
const ARCH_BY_NODE: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** The machine's name as Terraform spells it in package names, such as `linux_amd64`. */
export function hostPlatform(os: string = process.platform, arch: string = process.arch): string {
  return `${OS_BY_NODE[os] ?? os}_${ARCH_BY_NODE[arch] ?? arch}`;
}
