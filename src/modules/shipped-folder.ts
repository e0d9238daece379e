/** Where compile copies the modules that platc ships, so that `out/` needs nothing of platc: as `<cloud>/<name>`. */
export function shippedFolder(platform: string): string {
  return `out/${platform}/modules`;
}
