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
  "bad-version": "A constraint of a version that Terraform cannot read.",
  "bad-template": "A template that cannot be read.",
  "unknown-name": "A template names something that does not exist.",
  "unknown-helper": "A template calls a function that platc does not have.",
  "wrong-arguments": "A template function is given what it cannot take.",
  "template-not-allowed":
    "A reference to an output or a variable where the value must be known at compile time.",
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
  "failed-validation": "An input value that the module's own validation refuses.",
  "root-module": "A module that can only be a root module, for its backend or provider blocks.",
  "unknown-call": "A module call that the stack does not have.",
  "unknown-provider": "A provider configuration that the platform does not have.",
  "provider-cycle": "A provider configured by a stack that needs that provider itself.",
  "misplaced-key": "A key that has no effect where it stands.",
  "bad-check": "A check of no kind or of several, or one that comes after what is not there.",
  "bad-step":
    "A step of no kind or of several, one that comes after what is not there, or one that cannot be done.",
  "bad-expectation": "An expectation of 'quality' that nothing could be held against.",
  "bad-schedule":
    "A schedule that AWS, Airflow or GitHub would not take, or a time zone that does not exist.",
  "bad-pipeline":
    "A pipeline that Airflow could not run: tasks in a circle, or what a task needs is not there.",
  "bad-image": "An image of an app that could not be built, or not pushed.",
  "bad-service": "A service of 'compose' that could not be started, or that nobody could wait for.",
  "bad-bootstrap": "The stack that makes the state backend cannot do so.",
  "bad-moved": "An earlier address that the stack cannot have had.",
  "secret-in-clear": "A secret written where everyone can read it.",
  "promotion-cycle": "Environments that are promoted from each other in a circle.",
  unused: "Something that nothing uses. A warning.",
  "literal-expression": "A text that looks like an expression of Terraform, and is none. A warning.",
  clash: "Two things would land on one address, folder, state key or identifier.",
  "dependency-cycle": "Stacks that need each other in a circle.",
  "stage-contradiction": "A reference from an earlier stage to a later one.",
} as const satisfies Record<string, string>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
