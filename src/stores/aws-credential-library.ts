// One file to load lazily: a bundled import() of a CommonJS package gives no named exports.
export {
  createCredentialChain,
  fromHttp,
  fromIni,
  fromInstanceMetadata,
  fromTemporaryCredentials,
  fromTokenFile,
  fromWebToken,
} from "@aws-sdk/credential-providers";
