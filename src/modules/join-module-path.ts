/** A file of a local module relative to its caller: `../net/` and `main.tf` are `../net/main.tf`. */
export function joinModulePath(source: string, file: string): string {
  const parts: string[] = [];
  for (const part of `${source}/${file}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
