import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the spec of a project lies, from its root. */
export const SPEC_PATH = "specs/bench/platform.yaml";

const HEAD = `version: 1
platform: bench
terraform:
  required_version: ">= 1.10"
state:
  backend: local
  key: "{{stack.address}}.tfstate"
`;

const MODULE = {
  "modules/bench/service/main.tf": `terraform {
  required_version = ">= 1.10"
}

variable "name" {
  description = "Name of the service."
  type        = string
}

variable "network" {
  description = "What the service stands in."
  type        = string
  default     = null
}

variable "settings" {
  description = "Settings of the service by name."
  type = object({
    replicas = optional(number, 1)
    labels   = optional(map(string), {})
    hosts    = optional(list(string), [])
  })
  default = {}

  validation {
    condition     = var.settings.replicas > 0
    error_message = "A service has at least one replica."
  }
}

variable "needs" {
  description = "Addresses of the services that this one calls."
  type        = list(string)
  default     = []
}

resource "terraform_data" "service" {
  input = { name = var.name, network = var.network, settings = var.settings, needs = var.needs }
}

output "url" {
  description = "Where the service answers."
  value       = "https://\${terraform_data.service.output.name}.example.com"
}
`,
};

/** A spec of few lines and many stacks: customers times ten apps, with layers; each app calls the one before it. */
export function customersSpec(customers, environments = 1) {
  const lines = [HEAD, "vars: { region: eu-central-1, replicas: 1 }", "environments:", "  core: { shared: true }"];
  for (let index = 0; index < environments; index++)
    lines.push(`  env-${index}: { vars: { replicas: ${index + 1} } }`);
  const apps = Array.from({ length: 10 }, (_, index) => `app-${index}`);
  lines.push("customers:");
  for (let index = 0; index < customers; index++) {
    lines.push(
      `  customer-${index}:`,
      `    apps: [${apps.join(", ")}]`,
      `    vars: { display: "Customer ${index}" }`,
      `    stacks: { app-${index % 10}: { inputs: { settings: { labels: { tier: gold } } } } }`,
    );
  }
  lines.push("apps:", ...apps.map((app) => `  ${app}: {}`), "stacks:");
  lines.push("  network: { environments: [core], module: bench/service, inputs: { name: network } }");
  for (const [index, app] of apps.entries()) {
    lines.push(
      `  ${app}:`,
      `    app: ${app}`,
      "    per: customer",
      "    module: bench/service",
      "    inputs:",
      '      name: "{{customer.name}}-{{app.name}}-{{environment.name}}"',
      '      network: "{{outputs.network.url}}"',
      '      settings: { replicas: "{{vars.replicas}}", labels: { customer: "{{vars.display}}", region: "{{vars.region}}" } }',
    );
    if (index > 0) lines.push(`      needs: ["{{outputs.app-${index - 1}.url}}"]`);
  }
  return lines.join("\n");
}

/** A spec in which every stack is written out, each with one upstream. */
export function writtenOutSpec(count) {
  const lines = [HEAD, "vars: { region: eu-central-1 }", "environments: { dev: {} }", "stacks:"];
  for (let index = 0; index < count; index++) {
    lines.push(
      `  service-${index}:`,
      `    address: group-${index % 10}/service-${index}`,
      "    module: bench/service",
      "    inputs:",
      `      name: "service-${index}-{{environment.name}}"`,
      "      settings:",
      `        replicas: ${(index % 3) + 1}`,
      `        labels: { region: "{{vars.region}}", number: "${index}" }`,
      `        hosts: [service-${index}.example.com, www.service-${index}.example.com]`,
    );
    if (index > 0) lines.push(`      network: "{{outputs.service-${index - 1}.url}}"`);
  }
  return lines.join("\n");
}

/** Layers of stacks that each read from all stacks of the layer before: width² edges for a layer. */
export function diamondSpec(layers, width) {
  const lines = [HEAD, "environments: { dev: {} }", "stacks:"];
  for (let layer = 0; layer < layers; layer++) {
    const needs = Array.from({ length: layer === 0 ? 0 : width }, (_, at) => `"{{outputs.s-${layer - 1}-${at}.url}}"`);
    for (let at = 0; at < width; at++)
      lines.push(
        `  s-${layer}-${at}: { module: bench/service, inputs: { name: s-${layer}-${at}, needs: [${needs.join(", ")}] } }`,
      );
  }
  return lines.join("\n");
}

/** Pairs of stacks without a provider, the second reading from the first: what is left of a run is the runner. */
export function pairsSpec(pairs) {
  const lines = [HEAD, "environments: { dev: {} }", "stacks:"];
  for (let index = 0; index < pairs; index++) {
    lines.push(
      `  base-${index}: { module: bench/service, inputs: { name: base-${index} } }`,
      `  user-${index}: { module: bench/service, inputs: { name: user-${index}, network: "{{outputs.base-${index}.url}}" } }`,
    );
  }
  return lines.join("\n");
}

/** Writes a project with one spec, and the module that its stacks call. */
export function writeProject(folder, spec) {
  for (const [path, text] of Object.entries({ ...MODULE, [SPEC_PATH]: `${spec}\n` })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
