/** The address of a block in the configuration: `module.a.x_y.z` for `module.a["k"].x_y.z[0]`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}
