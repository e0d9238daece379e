import type { ValueRecord } from "../../src/provider/is-record.ts";

/** Where the provider plans nothing for values that mean nothing. */
export const GIVEN: Readonly<Record<string, ValueRecord>> = {
  azurerm_container_registry: { sku: "Premium", location: "westeurope" },
  azurerm_postgresql_flexible_server: { version: "17", storage_mb: 32768 },
  azurerm_private_endpoint: {
    private_service_connection: [{ is_manual_connection: false, name: "name" }],
  },
  azurerm_storage_account: { immutability_policy: [{ state: "Unlocked" }] },
};
