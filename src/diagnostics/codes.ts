/**
 * The register of diagnostic codes: what a user finds in the documentation under the code.
 * Every code has a golden in tests/golden/diagnostics/<code>.
 */
export const DIAGNOSTIC_CODES = {
  "yaml-syntax": "The file is not well-formed YAML.",
  "unknown-tag": "A YAML tag that platc does not know.",
  "several-documents": "A spec file holds more than one YAML document.",
  "duplicate-key": "A key is written twice in one map.",
  "yaml-value": "A YAML value that Terraform cannot hold, such as .inf.",
  "yaml-key": "A key that is a list or a map.",
  "yaml-merge": "A merge key '<<' with something other than maps.",
  "yaml-alias": "Aliases that contain themselves or multiply without bound.",
  "spec-not-found": "There is no spec where platc looked for one.",
  "unknown-key": "A key that the spec language does not have here.",
  "missing-key": "A key that must be there is not.",
  "wrong-type": "A value of a kind that does not fit here.",
  "bad-name": "A name that a cloud, Terraform or a file system would not take.",
  "bad-template": "A template that cannot be read.",
  "unknown-name": "A template names something that does not exist.",
  "unknown-helper": "A template calls a function that platc does not have.",
  "wrong-arguments": "A template function is given what it cannot take.",
  "template-not-allowed": "A reference to an output or a variable where the value must be known at compile time.",
  "variable-cycle": "Entries of 'vars' that need each other.",
  "unknown-stack": "A reference to a stack that does not exist.",
  "unreachable-stack": "A reference to a stack that has no instance where it is looked for.",
  "unknown-output": "A reference to an output that the upstream does not have.",
  "foreign-environment": "A reference from one promoted environment into another that does not name it.",
  "unknown-module": "A module that is not there.",
  "bad-module": "A module whose HCL cannot be read.",
  "unknown-input": "An input that the module does not have.",
  "missing-input": "An input without a default that is not set.",
  "wrong-input-type": "An input value that does not fit the module's variable.",
  "clash": "Two things would land on one address, folder, state key or identifier.",
  "dependency-cycle": "Stacks that need each other in a circle.",
  "stage-contradiction": "A reference from an earlier stage to a later one.",
} as const satisfies Record<string, string>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
