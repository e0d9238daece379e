/** A platform that a new project may begin with: one of `specs/`, as platc ships it. */
export interface ProjectTemplate {
  /** The folder in `specs/`. */
  readonly name: string;
  /** What the prefix of global names is made of: Azure takes no dashes, and cuts accounts and vaults at 24 letters. */
  readonly prefix: "name" | "eleven letters and digits";
}

/** The templates in the order that they are offered in. */
export const PROJECT_TEMPLATES: readonly ProjectTemplate[] = [
  { name: "empty", prefix: "name" },
  { name: "d2b", prefix: "name" },
  { name: "analytics", prefix: "eleven letters and digits" },
  { name: "orchestration", prefix: "name" },
  { name: "dataops-lab", prefix: "name" },
  { name: "workflow", prefix: "name" },
];

const LONGEST_SHORT_PREFIX = 11;

/** What global names of a new platform begin with. */
export function prefixOf({ prefix }: ProjectTemplate, platform: string): string {
  return prefix === "name" ? platform : platform.replaceAll("-", "").slice(0, LONGEST_SHORT_PREFIX);
}
