import { cloudEnv, cloudPermissions, cloudSteps, setUpSteps } from "./common-steps.ts";
import type { GithubImages, GithubModel } from "./github-model.ts";
import { jobId } from "./job-id.ts";
import { literalText } from "./literal-text.ts";
import { groupOf } from "./plan-jobs.ts";
import { SCRIPTS } from "./scripts.ts";
import { IS_PULL_REQUEST } from "./select-job.ts";
import type { Job, Step } from "./workflow-tree.ts";

/** Images that differ are built on a pull request, and built and pushed after a merge. */
export function imageJobs(
  model: GithubModel,
  images: GithubImages,
): readonly (readonly [id: string, job: Job])[] {
  const environment =
    model.environments.find(({ name }) => images.after.includes(name)) ?? model.environments[0];
  const before = images.after.map((name) => jobId(name, "done"));
  const shared = {
    name: "Image ${{ matrix.app }}",
    "runs-on": "",
    concurrency: {
      group: `${groupOf(model)}-image-\${{ matrix.app }}-\${{ github.ref }}`,
      "cancel-in-progress": false,
    },
    strategy: {
      "fail-fast": false,
      matrix: { include: "${{ fromJSON(needs.select.outputs.images || '[]') }}" },
    },
  };
  const build: Job = {
    ...shared,
    needs: ["select"],
    if: `${IS_PULL_REQUEST} && needs.select.outputs.images != '[]'`,
    permissions: { contents: "read" },
    steps: [...setUpSteps("none"), buildStep("false")],
  };
  if (model.isRehearsalOnly) return [["images", build]];
  const push: Job = {
    ...shared,
    needs: ["select", ...before],
    if: [
      "!cancelled() && github.event_name != 'pull_request' && needs.select.result == 'success'",
      ...before.map((job) => `needs.${job}.outputs.state == 'applied'`),
      "needs.select.outputs.images != '[]'",
    ].join(" && "),
    ...(environment && { environment: { name: literalText(environment.name) } }),
    permissions: { ...cloudPermissions(model), packages: "write" },
    env: cloudEnv(model, environment ?? { awsRole: undefined, azureClientId: undefined }),
    steps: [...setUpSteps("none"), ...cloudSteps(model), buildStep("true")],
  };
  return [
    ["images", build],
    ["images_push", push],
  ];
}

function buildStep(pushes: "true" | "false"): Step {
  return {
    name: "Build",
    env: {
      APP: "${{ matrix.app }}",
      CONTEXT: "${{ matrix.context }}",
      TAG: "${{ matrix.tag }}",
      PUSHES: pushes,
      ...(pushes === "true" && { REGISTRY_TOKEN: "${{ github.token }}" }),
    },
    run: SCRIPTS.image,
  };
}
