/** Whether a module's source is a folder of the same project or package; any other is fetched by init. */
export function isLocalSource(source: string): boolean {
  return /^\.\.?\//.test(source);
}
