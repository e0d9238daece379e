import type { NodePath } from "./node.ts";

/** A key of platc, what other tools call it, and what it is. */
interface Word {
  readonly key: string;
  readonly others: string;
  readonly is: string;
}

const STACK: readonly Word[] = [
  {
    key: "after",
    others: "depends_on dependson dependencies dependency needs requires wait_for upstream run_after",
    is: "a list of the stacks that come first",
  },
  {
    key: "for_each",
    others: "foreach for count each matrix instances",
    is: "one stack for each key of a map, or text of a list",
  },
  {
    key: "environments",
    others: "env envs environment workspaces workspace enabled accounts",
    is: "a list of the environments that have this stack",
  },
  {
    key: "module",
    others: "source src component root_module template base_component",
    is: "'aws/s3-bucket' is the folder 'modules/aws/s3-bucket'",
  },
  {
    key: "inputs",
    others: "variables variable vars var values settings params parameters args arguments config tfvars",
    is: "what the module is given, by name",
  },
  {
    key: "inputs",
    others: "tags labels default_tags",
    is: "tags are an input of the module; those of everything are 'default_tags' in the config of the provider",
  },
  {
    key: "state",
    others: "backend remote_state remote_state_backend",
    is: "where the state of this stack lies, if elsewhere",
  },
  { key: "providers", others: "provider required_providers", is: "a map of the providers of the modules" },
  { key: "refactor", others: "import imports removed", is: "it holds 'moved', 'import' and 'removed'" },
  {
    key: "steps",
    others: "hooks hook provisioner provisioners after_hook",
    is: "what is done after an apply",
  },
  {
    key: "checks",
    others: "tests test smoke_tests healthcheck health_check",
    is: "smoke tests after an apply",
  },
  { key: "assertions", others: "check validation", is: "conditions that every plan and apply looks at" },
  { key: "extra", others: "generate locals terraform overrides", is: "raw Terraform JSON" },
];
const CALL: readonly Word[] = STACK.filter(({ key }) => key === "module" || key === "inputs").concat({
  key: "depends_on",
  others: "after dependencies needs requires",
  is: "a list of the calls of this stack that come first",
});
const ROOT: readonly Word[] = [
  {
    key: "stacks",
    others: "modules module components component units unit resources resource data layers",
    is: "the root modules, which call modules and hold resources",
  },
  { key: "state", others: "backend backends remote_state tfstate", is: "where the states lie" },
  {
    key: "terraform",
    others:
      "provider providers required_providers required_version terraform_version terraform_binary tf_path tofu opentofu",
    is: "it holds 'command' (terraform or tofu), 'required_version' and 'providers'",
  },
  {
    key: "vars",
    others: "locals local globals inputs values settings defaults",
    is: "what templates read as '{{vars.NAME}}'",
  },
  { key: "variables", others: "secrets tfvars", is: "what templates read as '{{var.NAME}}'" },
  { key: "platform", others: "name project project_name", is: "the name of the platform" },
  { key: "customers", others: "tenants tenant clients", is: "for whom the platform runs" },
  { key: "environments", others: "env envs workspaces accounts", is: "where the platform runs" },
  { key: "include", others: "import imports", is: "more files of this spec" },
  { key: "pipelines", others: "dags dag workflows", is: "what Airflow runs" },
  {
    key: "compose",
    others: "docker_compose docker-compose services local",
    is: "what is run on the own machine",
  },
];
const ENVIRONMENT: readonly Word[] = [
  {
    key: "after",
    others: "depends_on dependencies needs requires promote_from promotes_from",
    is: "the environment that a stack is proven in first",
  },
  {
    key: "vars",
    others: "variables inputs values settings locals config",
    is: "what templates read as '{{vars.NAME}}'",
  },
  { key: "approval", others: "protected reviewers manual", is: "'manual' waits for 'platc approve'" },
];
const TERRAFORM: readonly Word[] = [
  {
    key: "command",
    others: "binary terraform_binary terraform_command tf_path path executable engine flavour opentofu tofu",
    is: "'terraform' or 'tofu'; a binary of another name or place is for PLATC_TERRAFORM",
  },
  { key: "required_version", others: "version terraform_version tofu_version", is: "such as '>= 1.10'" },
  { key: "providers", others: "provider required_providers", is: "a map of the platform's providers" },
];
const PROVIDER: readonly Word[] = [
  {
    key: "config",
    others: "region profile features default_tags assume_role alias inputs arguments settings host",
    is: "it holds the arguments of the provider; an alias is in the name, as 'aws.us'",
  },
];
const STATE: readonly Word[] = [
  { key: "backend", others: "type kind", is: "Terraform's name of it" },
  {
    key: "config",
    others:
      "bucket region dynamodb_table use_lockfile encrypt path container_name storage_account_name resource_group_name prefix inputs",
    is: "it holds the arguments of the backend",
  },
];
const VARIABLE: readonly Word[] = [
  { key: "sensitive", others: "secret is_secret", is: "true or false" },
  { key: "default", others: "value", is: "the value if none is given" },
];

/** What a word of Terraform, Terragrunt or Atmos is in a spec, at a place where platc has another one for it. */
export function foreignWord(
  word: string,
  steps: NodePath,
  known: readonly string[],
): { readonly key: string; readonly hint: string } | undefined {
  const folded = fold(word);
  const found = wordsAt(steps).find(
    ({ key, others }) => known.includes(key) && others.split(" ").some((other) => fold(other) === folded),
  );
  return found && { key: found.key, hint: `write '${found.key}': ${found.is}` };
}

function wordsAt(steps: NodePath): readonly Word[] {
  const last = steps.at(-1);
  const parent = steps.at(-2);
  if (steps.length === 0) return ROOT;
  if (parent === "stacks") return STACK;
  if (parent === "modules" && steps.at(-4) === "stacks") return CALL;
  if (parent === "environments") return ENVIRONMENT;
  if (steps[0] === "terraform" && steps.length === 1) return TERRAFORM;
  if (parent === "providers" && steps[0] === "terraform") return PROVIDER;
  if (parent === "variables" && steps.length === 2) return VARIABLE;
  return last === "state" ? STATE : [];
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}
