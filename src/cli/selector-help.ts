/** What every command with selectors says of them in its help. */
export const SELECTOR_HELP = `
Selectors:
  dev                    an environment, stack, customer, app or stage by name
  env:dev stage:deploy   the same where a name could be two things; also stack: customer: app: module:
  dev/acme/superset      an address, or the folder that addresses lie in, such as dev/acme
  'dev/**' '*/storage/*' globs over addresses, '*' within one part; without a slash over stack names
  dev/raw... ...dev/raw  with all that depend on it; with all that it depends on
  affected               what differs from the revision of --base, and what depends on it
  '!prod'                leaves out (in quotes: shells read '!' and '*' themselves)
  Several are joined, by commas too.
`;
