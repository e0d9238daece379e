import fc from "fast-check";

export const BUCKET_MODULE = `variable "bucket" {
  type = string
}

variable "size" {
  type    = number
  default = 1
}

variable "tags" {
  type    = map(string)
  default = {}
}

output "bucket" {
  value = var.bucket
}

output "arn" {
  value = "arn:\${var.bucket}"
}
`;

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

const name = (kind: string) => fc.integer({ min: 0, max: 5 }).map((index) => `${kind}-${index}`);
const some = <T>(item: fc.Arbitrary<T>, most: number) =>
  fc.uniqueArray(item, { minLength: 0, maxLength: most });

/** A platform that compiles: stacks read from those before them, customers have layers of their own. */
export const specs: fc.Arbitrary<{ readonly [key: string]: Plain }> = fc
  .record({
    stacks: fc.integer({ min: 1, max: 5 }),
    reads: fc.array(fc.nat(99), { minLength: 5, maxLength: 5 }),
    perCustomer: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    each: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    environments: some(name("env"), 3).filter((names) => names.length > 0),
    customers: some(name("customer"), 3),
    sizes: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }),
    tags: fc.dictionary(
      fc
        .string({ unit: "grapheme", minLength: 1, maxLength: 5 })
        .filter((key) => !key.includes("{{") && key !== "__proto__" && key !== "<<"),
      fc.string({ maxLength: 5 }).filter((text) => !text.includes("{{")),
      { maxKeys: 3 },
    ),
  })
  .map(({ stacks, reads, perCustomer, each, environments, customers, sizes, tags }) => {
    const isPer = (index: number): boolean => perCustomer[index] === true && customers.length > 0;
    const stack = (index: number): Plain => {
      const upstream = index === 0 ? undefined : reads[index]! % index;
      const canRead = upstream !== undefined && (isPer(index) || !isPer(upstream)) && each[upstream] !== true;
      return {
        module: "aws/bucket",
        ...(isPer(index) && { per: "customer" }),
        ...(each[index] && { for_each: { eu: 1, us: { size: 2 } } }),
        inputs: {
          bucket: canRead
            ? `{{outputs.stack-${upstream}.bucket}}-x`
            : `b-{{stack.name}}-{{environment.name}}`,
          size: "{{vars.size}}",
          tags: {
            ...tags,
            "{{stack.name}}-key": isPer(index) ? "{{customer.name}} {{vars.mine}}" : "{{vars.size}}",
          },
        },
      };
    };
    return {
      version: 1,
      platform: "p",
      state: { backend: "local" },
      vars: { size: 1, mine: "none" },
      environments: Object.fromEntries(
        environments.map((one, index) => [
          one,
          { vars: { size: sizes[index]! }, stacks: { "stack-0": { inputs: { size: sizes[index]! } } } },
        ]),
      ),
      ...(customers.length > 0 && {
        customers: Object.fromEntries(
          customers.map((one, index) => [one, { vars: { mine: `of ${sizes[index]}` } }]),
        ),
      }),
      stacks: Object.fromEntries(
        Array.from({ length: stacks }, (_, index) => [`stack-${index}`, stack(index)]),
      ),
    };
  });

/** The same data with the keys of all maps in another order. */
export function permuted(value: Plain, random: () => number): Plain {
  if (Array.isArray(value)) return (value as readonly Plain[]).map((item) => permuted(item, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => ({
    key,
    item: permuted(item as Plain, random),
    at: random(),
  }));
  return Object.fromEntries(
    entries.sort((left, right) => left.at - right.at).map(({ key, item }) => [key, item]),
  );
}
