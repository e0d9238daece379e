/**
 * The actions that workflows use, each pinned to a commit. The version is that of the commit: change both together, after
 * `git ls-remote https://github.com/OWNER/NAME refs/tags/VERSION`. Of each, three or more workflows of other public
 * repositories name the same commit as that version.
 */
export const ACTIONS = {
  checkout: {
    name: "actions/checkout",
    commit: "8e8c483db84b4bee98b60c0593521ed34d9990e8",
    version: "v6.0.1",
  },
  setupNode: {
    name: "actions/setup-node",
    commit: "6044e13b5dc448c55e2357c09f80417699197238",
    version: "v6.2.0",
  },
  cache: { name: "actions/cache", commit: "cdf6c1fa76f9f475f3d7449005a359c84ca0f306", version: "v5.0.3" },
  uploadArtifact: {
    name: "actions/upload-artifact",
    commit: "b7c566a772e6b6bfb58ed0dc250532a479d7789f",
    version: "v6.0.0",
  },
  downloadArtifact: {
    name: "actions/download-artifact",
    commit: "37930b1c2abaa49bbe596cd826c3c89aef350131",
    version: "v7.0.0",
  },
  awsCredentials: {
    name: "aws-actions/configure-aws-credentials",
    commit: "8df5847569e6427dd6c4fb1cf565c83acfa8afa7",
    version: "v6.0.0",
  },
  setupOpenTofu: {
    name: "opentofu/setup-opentofu",
    commit: "a1320f892987e89d278cc92dc5adc984fb93aca4",
    version: "v2.0.2",
  },
  azureLogin: { name: "azure/login", commit: "532459ea530d8321f2fb9bb10d1e0bcf23869a43", version: "v3.0.0" },
} as const satisfies Readonly<Record<string, PinnedAction>>;

export interface PinnedAction {
  readonly name: string;
  readonly commit: string;
  readonly version: string;
}

/** How a step names an action: `actions/checkout@COMMIT`. */
export function usesAction({ name, commit }: PinnedAction): string {
  return `${name}@${commit}`;
}
