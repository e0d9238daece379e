import { cloudPermissions, plannerEnv, reportSteps, terraformSteps, variableEnv } from "./common-steps.ts";
import type { GithubModel } from "./github-model.ts";
import { literalText } from "./literal-text.ts";
import { SCRIPTS } from "./scripts.ts";
import { IS_OWN } from "./select-job.ts";
import type { Job } from "./workflow-tree.ts";

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
    env: plannerEnv(model),
    steps: [
      ...terraformSteps(model),
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

/** What concurrency groups and artifacts of a platform begin with. */
export function groupOf({ platform }: GithubModel): string {
  return literalText(`platc-${platform}`);
}
