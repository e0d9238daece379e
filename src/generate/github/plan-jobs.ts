import { ACTIONS, usesAction } from "./actions.ts";
import {
  cloudEnv,
  cloudPermissions,
  cloudSteps,
  reportSteps,
  setUpSteps,
  tofuSteps,
  variableEnv,
} from "./common-steps.ts";
import type { GithubModel } from "./github-model.ts";
import { literalText } from "./literal-text.ts";
import { SCRIPTS } from "./scripts.ts";
import { IS_PULL_REQUEST } from "./select-job.ts";
import type { Job } from "./workflow-tree.ts";

/** A fork's code gets no identity and no comment: its pull request is checked, and no more. */
const IS_OWN = `${IS_PULL_REQUEST} && github.event.pull_request.head.repo.full_name == github.repository`;

/** Plans each environment that differs, all of its stacks at once, so that a stack sees the planned outputs of others. */
export function planJob(model: GithubModel): Job {
  return {
    name: "Plan ${{ matrix.environment }}",
    needs: ["select"],
    if: `${IS_OWN} && needs.select.outputs.plan != '[]'`,
    "runs-on": "",
    permissions: cloudPermissions(model),
    concurrency: {
      group: `${groupOf(model)}-plan-\${{ github.event.pull_request.number }}-\${{ matrix.environment }}`,
      "cancel-in-progress": false,
    },
    strategy: {
      "fail-fast": false,
      matrix: { include: "${{ fromJSON(needs.select.outputs.plan || '[]') }}" },
    },
    env: cloudEnv(model, { awsRole: model.aws?.planRole, azureClientId: model.azure?.clientId }),
    steps: [
      ...setUpSteps("none"),
      ...tofuSteps(model),
      ...cloudSteps(model),
      {
        name: "Plan",
        env: {
          STACKS: "${{ matrix.stacks }}",
          CACHE_HIT: "${{ steps.cache.outputs.cache-hit }}",
          ...variableEnv(model),
        },
        run: SCRIPTS.plan,
      },
      ...reportSteps(`${groupOf(model)}-plan-\${{ matrix.environment }}`),
    ],
  };
}

/** Keeps one comment per environment on the pull request; nothing of the pull request's code runs here. */
export function commentJob(model: GithubModel): Job {
  return {
    name: "Comment",
    needs: ["select", "plan"],
    if: `!cancelled() && ${IS_OWN}`,
    "runs-on": "",
    permissions: { "pull-requests": "write" },
    concurrency: {
      group: `${groupOf(model)}-comment-\${{ github.event.pull_request.number }}`,
      "cancel-in-progress": false,
    },
    steps: [
      {
        name: "Get the reports",
        if: "needs.plan.result != 'skipped'",
        uses: usesAction(ACTIONS.downloadArtifact),
        with: { pattern: `${groupOf(model)}-plan-*`, path: "reports" },
      },
      {
        name: "Write or update the comments",
        env: {
          GH_TOKEN: "${{ github.token }}",
          PULL_REQUEST: "${{ github.event.pull_request.number }}",
          SELECTED: "${{ needs.select.result }}",
          PLANNED: "${{ needs.select.outputs.planned }}",
          LOG: "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}",
        },
        run: SCRIPTS.comment,
      },
    ],
  };
}

/** What concurrency groups and artifacts of a platform begin with. */
export function groupOf({ platform }: GithubModel): string {
  return literalText(`platc-${platform}`);
}
