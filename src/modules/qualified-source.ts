/** A provider's source in lower case as `namespace/type`, with its host before it where it is not Terraform's own. */
export function qualifiedSource(source: string): string {
  const parts = source.toLowerCase().split("/");
  if (parts.length === 1) return `hashicorp/${parts[0]}`;
  return parts.length === 3 && parts[0] === "registry.terraform.io"
    ? parts.slice(1).join("/")
    : parts.join("/");
}
