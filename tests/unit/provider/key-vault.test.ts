import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { conformBlock } from "../../../src/provider/conform-block.ts";
import type { TypeContext } from "../../../src/provider/provider-engine.ts";
import { readOverlay } from "../../../src/provider/read-overlay.ts";
import { readProviderSchema } from "../../../src/provider/read-provider-schema.ts";
import { readSchemaPack } from "../../../src/provider/schema-pack.ts";
import { memoryWorld } from "./provider-parts.ts";
import { create } from "./terraform-steps.ts";

const SOURCE = "hashicorp/azurerm";
const path = `schema/providers/${SOURCE}.json`;
const reading = readSchemaPack(readFileSync(path, "utf8"), path, SOURCE);
if (reading.status === "bad") throw new Error(reading.message);
const { version } = reading.pack;
const schema = readProviderSchema(reading.pack, SOURCE, version);
const text = readFileSync(`schema/providers/${SOURCE}.overlay.yaml`, "utf8");
const { overlay } = readOverlay(text, SOURCE, SOURCE, version);

function made(typeName: string, config: object) {
  const type = schema.resources.get(typeName)!;
  const context: TypeContext = {
    source: SOURCE,
    typeName,
    schema: type,
    overlay: overlay.resources.get(typeName),
    settings: overlay.settings,
  };
  return create(context, memoryWorld(), conformBlock(type.block, config)).state;
}

test.each([
  [{ rbac_authorization_enabled: true }, true],
  [{ enable_rbac_authorization: true }, true],
  [{}, false],
])("of a vault with %j both names of one thing say the same", (config, isOn) => {
  expect(made("azurerm_key_vault", { name: "v", resource_group_name: "g", ...config })).toMatchObject({
    enable_rbac_authorization: isOn,
    rbac_authorization_enabled: isOn,
  });
});

test("ids of secrets are URLs of their vault", () => {
  const vault = "/subscriptions/0/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";
  expect(made("azurerm_key_vault_secret", { name: "s", key_vault_id: vault, value: "x" })).toMatchObject({
    id: "https://v.vault.azure.invalid/secrets/s/00000000000000000000000000000001",
    versionless_id: "https://v.vault.azure.invalid/secrets/s",
    resource_versionless_id: `${vault}/secrets/s`,
  });
});

test("a vault goes with what it holds", () => {
  expect(overlay.resources.get("azurerm_key_vault")?.takes).toEqual({
    azurerm_key_vault_access_policy: "key_vault_id",
    azurerm_key_vault_secret: "key_vault_id",
  });
});
