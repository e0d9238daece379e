import { expect, test } from "vitest";
import { explainAzureError } from "../../../src/stores/azure-errors.ts";
import { StoreMissingError } from "../../../src/stores/store-error.ts";

const explain = (error: object, signInHost = "localhost") =>
  explainAzureError("azurerm://a/c", signInHost, "read 'k'", error);

test("an account without an address is not there, where the machine has a network at all", async () => {
  const unknown = { code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND a.blob.core.windows.net" };
  expect(await explain(unknown)).toBeInstanceOf(StoreMissingError);
  const offline = await explain(unknown, "nobody.invalid");
  expect(offline).not.toBeInstanceOf(StoreMissingError);
  expect(offline.message).toBe(
    "azurerm://a/c: cannot read 'k': ENOTFOUND: getaddrinfo ENOTFOUND a.blob.core.windows.net",
  );
});

test("a refusal for want of a role names the role, in one line", async () => {
  const message = "This request is not authorized.\nRequestId:1\nTime:2026-01-01";
  const refused = { code: "AuthorizationPermissionMismatch", statusCode: 403, message };
  expect((await explain(refused)).message).toBe(
    "azurerm://a/c: cannot read 'k': AuthorizationPermissionMismatch: This request is not authorized; who signs in needs the role 'Storage Blob Data Contributor' there, and one that was just given takes minutes to count",
  );
});
