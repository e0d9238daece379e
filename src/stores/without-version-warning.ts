const NAME = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";

/** The SDK prints a warning about the Node version when its first client is made, unless this variable is set. */
export function withoutVersionWarning<T>(make: () => T): T {
  const before = process.env[NAME];
  process.env[NAME] = "true";
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[NAME];
    else process.env[NAME] = before;
  }
}
