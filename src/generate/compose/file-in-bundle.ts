/** Where a file of a service lies in the bundle, by its path in the container. */
export function fileInBundle(service: string, path: string): string {
  return `files/${service}${path}`;
}
