/** Whose Terraform runs. */
export type Flavour = keyof typeof FLAVOURS;

/** What a spec and PLATC_TERRAFORM call it by: the name of the program, as it is typed. */
export type TerraformProgram = (typeof FLAVOURS)[Flavour]["program"];

/** What people read of each: the product, and what they type. */
export const FLAVOURS = {
  terraform: { product: "Terraform", program: "terraform" },
  opentofu: { product: "OpenTofu", program: "tofu" },
} as const;

/** The flavour of a program by its name; without one, Terraform. */
export function flavourOf(program: TerraformProgram | undefined): Flavour {
  return program === "tofu" ? "opentofu" : "terraform";
}
