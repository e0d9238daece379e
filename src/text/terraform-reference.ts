/** What a text that looks like an expression of Terraform, Terragrunt or CDKTF refers to, by its first words. */
export interface TerraformReference {
  readonly kind:
    "module" | "data" | "resource" | "var" | "local" | "each" | "path" | "workspace" | "dependency";
  /** The words between the dots, without indices. */
  readonly words: readonly string[];
}

const WORD = String.raw`[A-Za-z_][\w-]*(?:\[[^\]]*\])?`;
const ALONE = new RegExp(String.raw`^\$\{\s*(${WORD}(?:\.(?:${WORD}|\d+|\*))+)\s*\}$`);
const WITHIN = new RegExp(String.raw`(?<!\$)\$\{(${WORD}(?:\.(?:${WORD}|\d+|\*)){2,})\}`);

/**
 * The reference that a text is, or that a text without white space holds beside other signs; undefined where it may as well
 * be meant for a shell or another program.
 */
export function terraformReference(text: string): TerraformReference | undefined {
  if (!text.includes("${") || /\n/.test(text)) return undefined;
  const alone = ALONE.exec(text)?.[1];
  if (alone !== undefined) return referenceOf(alone);
  const within = /\s/.test(text) ? undefined : WITHIN.exec(text)?.[1];
  const reference = within === undefined ? undefined : referenceOf(within);
  return reference && ["module", "data", "resource", "dependency"].includes(reference.kind)
    ? reference
    : undefined;
}

function referenceOf(expression: string): TerraformReference | undefined {
  const words = expression.replace(/\[[^\]]*\]/g, "").split(".");
  const [first = "", second = ""] = words;
  if (first === "terraform" && second === "workspace") return { kind: "workspace", words };
  if (first === "path" && ["module", "root", "cwd"].includes(second)) return { kind: "path", words };
  if (first === "each" && ["key", "value"].includes(second)) return { kind: "each", words };
  if (first === "var" || first === "local") return { kind: first, words };
  if (first === "dependency" && words[2] === "outputs") return { kind: "dependency", words };
  if (first === "module" && words.length > 2) return { kind: "module", words };
  if (first === "data" && words.length > 3 && second.includes("_")) return { kind: "data", words };
  return /^[a-z][a-z0-9]*_[a-z0-9_]+$/.test(first) && words.length > 2
    ? { kind: "resource", words }
    : undefined;
}
