import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ORDER, PROVIDER } from "./cdktf-sample.ts";

/** What tells one sample package from another. */
export interface SamplePackage {
  /** An old SDK shows in a class for a block of at most one. */
  readonly sdk?: "old" | "new";
  /** That of its classes: CDKTF's, or its successor's. */
  readonly library?: "cdktf" | "cdktn";
  readonly name?: string;
  readonly release?: string;
  /** Of the provider. */
  readonly version?: string;
  /** Types of the same form as `shop_order`. */
  readonly types?: readonly string[];
}

/** What the `package.json` of a sample package says. */
export function aboutPackage({
  name = "@cdktf/provider-shop",
  release = "4.5.6",
  version = "1.2.3",
}: SamplePackage): object {
  return {
    name,
    version: release,
    license: "MPL-2.0",
    cdktf: { provider: { name: "registry.terraform.io/acme/shop", version } },
  };
}

/** Writes a package into a folder as CDKTF publishes it, with a provider and some types. */
export function writePackage(at: string, sample: SamplePackage = {}): string {
  const { sdk = "old", library = "cdktf", types = ["shop_order"] } = sample;
  const max = sdk === "old" ? "super(terraformResource, terraformAttribute, false, 0);" : "";
  const write = (folder: string, code: string, source: string): void => {
    mkdirSync(join(at, "lib", folder), { recursive: true });
    const text = compiled(code, source).replaceAll("cdktf.", `${library}.`);
    writeFileSync(join(at, "lib", folder, "index.js"), text);
  };
  write("provider", typed("Shop", "TerraformProvider", "shop", library), of(library, PROVIDER));
  for (const type of types)
    write(type, `${typed("Order", "TerraformResource", type, library)}${max}`, of(library, ORDER));
  writeFileSync(join(at, "package.json"), JSON.stringify(aboutPackage(sample)));
  return at;
}

/** The successor writes the type as a static field. */
function typed(name: string, parent: string, type: string, library: SamplePackage["library"]): string {
  if (library === "cdktn")
    return `class ${name} extends cdktf.${parent} {\n    static tfResourceType = "${type}";\n}\n`;
  return `class ${name} extends cdktf.${parent} {}\n${name}.tfResourceType = "${type}";\n`;
}

function of(library: string, source: string): string {
  return source.replaceAll("cdktf.", `${library}.`);
}

/** What would end the test if it were run. */
function compiled(code: string, source: string): string {
  const map = Buffer.from(JSON.stringify({ version: 3, sourcesContent: [source] })).toString("base64");
  return `throw new Error("never run");\n${code}\n//# sourceMappingURL=data:application/json;base64,${map}`;
}
