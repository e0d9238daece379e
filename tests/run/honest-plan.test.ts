import fc from "fast-check";
import { expect, test } from "vitest";
import { applied, compiled, makeProject, outputsOf, type Project, spec } from "./project.ts";

/** A module with outputs of every kind: known, unknown, partly known, a null, sensitive ones, many instances. */
const MANY = `
variable "seed" { 
  type = string 
}
variable "from" { 
  type = any 
  default = {} 
}
variable "each" { 
  type = any 
  default = {} 
}
variable "secret" { 
  type = any 
  default = null 
  sensitive = true 
}
resource "terraform_data" "one" { 
  input = { seed = var.seed, from = var.from } 
}
resource "terraform_data" "forced" {
  input            = var.seed
  triggers_replace = var.from
}
resource "terraform_data" "many" { 
  for_each = var.each 
  input    = each.value
}
resource "terraform_data" "hidden" { input = var.secret }
output "known" { value = var.seed }
output "number" { value = length(var.seed) + 0.5 }
output "empty" { value = [] }
output "unknown" { value = terraform_data.one.id }
output "kept" { value = terraform_data.one.output }
output "partly" { value = { seed = var.seed, id = terraform_data.forced.id, "odd key" = [terraform_data.one.id, var.seed] } }
output "list" { value = [for key in sort(keys(var.each)) : terraform_data.many[key].id] }
output "set" { value = toset([var.seed, terraform_data.one.id]) }
output "keys" { value = { for key, one in terraform_data.many : key => one.id } }
output "text" { value = "\${var.seed} \\"quoted\\" $\${literal} \${terraform_data.one.id}" }
output "secret" { 
  value     = "hush-\${terraform_data.one.id}-\${var.seed}" 
  sensitive = true 
}
`;

/** Each output, and how a dependent takes it. */
const OUTPUTS = [
  "known",
  "number",
  "empty",
  "unknown",
  "kept",
  "partly",
  "list",
  "set",
  "keys",
  "text",
] as const;

interface Upstream {
  readonly index: number;
  readonly outputs: readonly (typeof OUTPUTS)[number][];
  readonly isSecretRead: boolean;
  readonly isEachRead: boolean;
}

interface RandomStack {
  readonly keys: readonly string[];
  readonly upstream: readonly Upstream[];
}

const stacks: fc.Arbitrary<readonly RandomStack[]> = fc.integer({ min: 2, max: 5 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, index) => {
      const upstream = fc.record({
        index: fc.nat(Math.max(0, index - 1)),
        outputs: fc.uniqueArray(fc.constantFrom(...OUTPUTS), { minLength: 1, maxLength: 5 }),
        isSecretRead: fc.boolean(),
        isEachRead: fc.boolean(),
      });
      return fc.record({
        keys: fc.uniqueArray(fc.constantFrom("a", "b", "key with 'quotes'"), { maxLength: 2 }),
        upstream:
          index === 0
            ? fc.constant([])
            : fc.uniqueArray(upstream, { minLength: 1, maxLength: 2, selector: (one) => one.index }),
      });
    }),
  ),
);

function platform(all: readonly RandomStack[], seeds: readonly string[]): string {
  const stackLines = all.map(({ keys, upstream }, index) => {
    const from = upstream.flatMap(({ index: at, outputs }) =>
      outputs.map((output) => `${output}${at}: "{{outputs.s${at}.${output}}}"`),
    );
    const each = upstream.find((one) => one.isEachRead);
    const secret = upstream.find((one) => one.isSecretRead);
    const ownKeys = keys.map((key) => `${JSON.stringify(key)}: ${index}`).join(", ");
    const inputs = [
      `seed: ${JSON.stringify(seeds[index])}`,
      `from: { ${from.join(", ")} }`,
      // The keys of a map are known though its values are not.
      each ? `each: "{{outputs.s${each.index}.keys}}"` : `each: { ${ownKeys} }`,
      ...(secret ? [`secret: "{{outputs.s${secret.index}.secret}}"`] : []),
    ];
    return `  s${index}:\n    module: local/many\n    inputs:\n      ${inputs.join("\n      ")}\n`;
  });
  return spec(`stacks:\n${stackLines.join("")}`);
}

async function checkValues(project: Project, all: readonly RandomStack[]): Promise<void> {
  for (const [index, { upstream }] of all.entries()) {
    const kept = outputsOf(project, `dev/s${index}`)["kept"] as { readonly from: Record<string, unknown> };
    for (const { index: at, outputs } of upstream) {
      const values = outputsOf(project, `dev/s${at}`);
      for (const output of outputs) expect(kept.from[`${output}${at}`]).toEqual(values[output]);
    }
  }
}

/** Applies with `--auto-approve`, which covers nothing that was not shown: a question would end it waiting. */
async function applyAsShown(project: Project, all: readonly RandomStack[]): Promise<void> {
  const result = await applied(project);
  const problems = result.events.filter(
    (event) =>
      event.kind === "stack-finished" &&
      ["failed", "waiting", "deferred"].includes(event.outcome?.status ?? ""),
  );
  expect(problems).toEqual([]);
  expect(result.code).toBe(0);
  expect(result.stdout.split("\n").filter((line) => line.includes("hush-"))).toEqual([]);
  await checkValues(project, all);
  expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
}

test("any platform: what is shown on an empty account, and after a change, covers what is done", async () => {
  const change = fc.record({ at: fc.nat(4), seed: fc.constantFrom("other", "two\nlines", "ünï-${x}") });
  await fc.assert(
    fc.asyncProperty(stacks, change, async (all, { at, seed }) => {
      const project = makeProject({ "modules/local/many/main.tf": MANY });
      try {
        const seeds = all.map((_, index) => `seed${index}`);
        project.write("platform.yaml", platform(all, seeds));
        await compiled(project);
        const plan = await project.run("plan", "dev");
        expect(plan.code).toBe(0);
        expect(new Set(Object.values(plan.statuses))).toEqual(new Set(["planned"]));
        await applyAsShown(project, all);
        seeds[at % seeds.length] = seed;
        project.write("platform.yaml", platform(all, seeds));
        await applyAsShown(project, all);
      } finally {
        project.remove(".");
      }
    }),
    { numRuns: Number(process.env["PLATC_RUNS"] ?? 6), endOnFailure: true },
  );
}, 400_000);
