/** How what is applied in an environment that is no longer in the spec is got rid of. */
export function goneEnvironmentHint(name: string): string {
  return `put '${name}' back under 'environments', and 'platc destroy ${name} --prune' destroys what is applied there; then take it out`;
}
