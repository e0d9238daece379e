import type { GithubModel } from "./github-model.ts";
import { jobId } from "./job-id.ts";
import { setUpSteps } from "./common-steps.ts";
import { SCRIPTS } from "./scripts.ts";
import type { Job } from "./workflow-tree.ts";

export const IS_PULL_REQUEST = "github.event_name == 'pull_request'";

/** A fork's code gets no identity and no comment: its pull request is checked and rehearsed, and no more. */
export const IS_OWN = `${IS_PULL_REQUEST} && github.event.pull_request.head.repo.full_name == github.repository`;

/** Refuses what is not current, and says which stacks and images there is work for. */
export function selectJob(model: GithubModel): Job {
  const { images, isRehearsalOnly, isRehearsed, drift } = model;
  const keys = [
    ...(isRehearsed ? ["rehearse", "rehearsed"] : []),
    ...(isRehearsalOnly ? [] : ["plan", "planned", ...applyKeys(model)]),
    ...(images ? ["images"] : []),
  ];
  return {
    name: "Check and select",
    // Without it, nothing that plans, builds or applies has anything to do.
    ...(drift !== undefined && { if: "github.event_name != 'schedule'" }),
    "runs-on": "",
    permissions: { contents: "read", actions: "read" },
    outputs: Object.fromEntries(
      keys.map((key) => [key, `\${{ steps.plan.outputs.${key} || steps.apply.outputs.${key} }}`]),
    ),
    steps: [
      ...setUpSteps("all"),
      { name: "Check that what is generated is current", run: SCRIPTS.verify },
      {
        id: "plan",
        name: "Select what differs from the base",
        if: IS_PULL_REQUEST,
        env: { BASE: "${{ github.event.pull_request.base.sha }}" },
        run: SCRIPTS.selectForPlan,
      },
      {
        id: "apply",
        name: "Select what differs from what was applied",
        if: "github.event_name != 'pull_request'",
        env: { GH_TOKEN: "${{ github.token }}", EVERYTHING: "${{ inputs.everything }}" },
        run: SCRIPTS.selectForApply,
      },
    ],
  };
}

function applyKeys({ environments }: GithubModel): readonly string[] {
  return environments.flatMap(({ name, waves, needsApproval }) =>
    needsApproval
      ? [jobId(name, "stacks")]
      : Array.from({ length: waves }, (_, wave) => jobId(name, `wave_${wave + 1}`)),
  );
}
