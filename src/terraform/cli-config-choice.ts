/** `user`: what Terraform finds by itself; `dropped`: without a TF_CLI_CONFIG_FILE that names no file; `own`: platc's. */
export type CliConfigChoice =
  { readonly kind: "user" } | { readonly kind: "dropped" } | { readonly kind: "own"; readonly path: string };
