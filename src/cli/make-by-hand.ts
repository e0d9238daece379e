import { textIn } from "../stores/backend-text.ts";
import type { BackendConfig } from "../stores/object-store.ts";

/** The command by which a state backend is made where no stack of the platform makes it. */
export function makeByHand({ type, config }: BackendConfig): string | undefined {
  const named = (argument: string): string => textIn(config, argument) ?? "NAME";
  switch (type) {
    case "s3":
      return `aws s3 mb s3://${named("bucket")}`;
    case "azurerm":
      return `az storage container create --auth-mode login --account-name ${named("storage_account_name")} --name ${named("container_name")}`;
    case "gcs":
      return `gcloud storage buckets create gs://${named("bucket")} --uniform-bucket-level-access`;
    case "pg":
      return "createdb NAME";
    default:
      return undefined;
  }
}
