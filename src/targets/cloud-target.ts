import type { Target } from "./target.ts";

/** What the spec says, with the user's own credentials. */
export function cloudTarget(): Target {
  return {
    kind: "cloud",
    identity: "cloud",
    description: "the cloud, as the spec says",
    isAwsEmulated: false,
    additions: {},
  };
}
