/** The Terraform identifier of an address, one-to-one: names have single dashes only, and no underscores. */
export function identifierOf(address: string): string {
  return address.replaceAll("-", "_").replaceAll("/", "__");
}
