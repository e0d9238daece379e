/** What other tools call what platc does, or does otherwise. */
const COMMANDS: Readonly<Record<string, string>> = {
  "run-all":
    "'platc plan', 'platc apply' and 'platc destroy' run all that is named, in order: platc plan dev",
  run: "'platc plan', 'platc apply' and 'platc destroy' run all that is named, in order: platc plan dev",
  terraform: "leave it out: 'platc plan dev/storage/raw' plans one stack, 'platc plan dev' all of dev",
  validate: "'platc check' finds every mistake before Terraform is started",
  synth: "'platc compile' writes the Terraform of all stacks",
  render: "'platc compile' writes the Terraform of all stacks",
  deploy: "'platc apply' plans, asks and applies",
  diff: "'platc plan' shows what would change",
  show: "'platc plan' shows what would change, 'platc state inventory' what is applied, 'platc output' its outputs",
  describe: "'platc explain dev/storage/raw' says what a stack is, and which line of the spec says so",
  import:
    "write it at the stack: 'refactor: { import: [{ to: ADDRESS, id: ID }] }', and the next apply imports it",
  mv: "write it at the stack: 'moved: [EARLIER]' carries its state over, 'refactor: { moved: [{ from: A, to: B }] }' renames a resource in it",
  rm: "write it at the stack: 'refactor: { removed: [{ from: ADDRESS, destroy: false }] }' gives a resource up and leaves it where it is",
  list: "'platc state inventory' lists the stacks that are applied; for resources: terraform state list in the stack's folder of out/, after terraform init",
  console:
    "'platc explain dev/storage/raw inputs' says what the inputs are and where they come from, 'platc output' what was applied",
  refresh:
    "'platc plan --refresh' and 'platc apply --refresh' look at what is there, 'platc drift' tells what was changed in it",
  "force-unlock": "'platc state unlock ADDRESS' says whose lock it is, and frees it",
  workspace:
    "environments and customers are written in the spec, each stack with a state of its own: 'platc list'",
  providers: "'platc lock' locks the providers of the platform, 'platc rehearsal schemas' lists them",
};

const OPTIONS: Readonly<Record<string, string>> = {
  all: "name what is meant: 'platc plan dev' plans all of dev, and 'platc plan dev prod' both",
  target:
    "a stack is named by its address, 'platc plan dev/storage/raw', and is planned whole; --target says where: cloud, emulator or rehearsal",
  "refresh-only": "'platc drift' tells what was changed, and writes nothing",
  destroy: "'platc destroy' shows what would be destroyed, and asks",
  out: "what was shown is what is applied, with no file: 'platc apply' asks, and without a terminal 'platc approve' answers",
  var: "values stand in the spec, under 'vars' and 'inputs'; a variable of it is set by TF_VAR_NAME",
  "var-file": "values stand in the spec, under 'vars' and 'inputs'; a variable of it is set by TF_VAR_NAME",
  chdir: "--spec names the platform, and stacks are named by their addresses: 'platc plan dev/storage/raw'",
  recursive: "name what is meant: 'platc plan dev' plans all of dev",
  "queue-include-dir": "'platc plan dev --select' takes addresses and globs: 'dev/storage/**'",
  "terragrunt-working-dir":
    "--spec names the platform, and stacks are named by their addresses: 'platc plan dev/storage/raw'",
  stack: "a stack is named by its address: 'platc plan dev/storage/raw'",
};

/** An error of the command line, with the way to do here what is done so elsewhere. */
export function withOldHabit(text: string): string {
  const [, kind, word = ""] = /unknown (command|option) '([^']+)'/.exec(text) ?? [];
  if (kind === undefined) return text;
  const name = word.replace(/^--?/, "").replace(/=.*$/s, "");
  const habit = kind === "command" ? own(COMMANDS, word) : (own(OPTIONS, name) ?? twoDashes(word, name));
  return habit === undefined
    ? text
    : `${text.replace(/\n\(Did you mean [^\n]*\)/, "").trimEnd()}\n  ${habit}\n`;
}

function own(habits: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(habits, name) ? habits[name] : undefined;
}

/** Terraform's options have one dash. */
function twoDashes(word: string, name: string): string | undefined {
  return /^-[^-]/.test(word) && name.length > 1 ? `options have two dashes here: --${name}` : undefined;
}
