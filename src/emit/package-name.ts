/** The archive beside a stack's JSON that a folder is packed into, one-to-one with the folder's path. */
export function packageName(path: string): string {
  return `${path.replaceAll(/[^A-Za-z0-9._-]+/g, "-")}.zip`;
}
