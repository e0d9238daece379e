/** The program that tests start by its name: Terraform, or what PLATC_TERRAFORM names, such as `tofu`. */
export const TERRAFORM = process.env["PLATC_TERRAFORM"] || "terraform";
