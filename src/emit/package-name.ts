import { digestOf } from "./digest.ts";

/**
 * The archive beside a stack's JSON that a folder is packed into. `/` becomes `-`; a path that has `-` or other
 * characters itself is told apart by its digest, so that no two folders of a stack share an archive.
 */
export function packageName(path: string): string {
  const name = path.replaceAll(/[^A-Za-z0-9._]+/g, "-");
  return /^[A-Za-z0-9._/]+$/.test(path) ? `${name}.zip` : `${name}-${digestOf(path).slice(0, 8)}.zip`;
}
