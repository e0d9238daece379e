import { cloudPermissions, plannerEnv, reportSteps, terraformSteps, variableEnv } from "./common-steps.ts";
import type { GithubModel } from "./github-model.ts";
import { literalText } from "./literal-text.ts";
import { groupOf } from "./plan-jobs.ts";
import { SCRIPTS } from "./scripts.ts";
import type { Job } from "./workflow-tree.ts";

const IS_SCHEDULE = "github.event_name == 'schedule'";

/** Compares each environment with what is there, as whoever plans: it can change nothing, and no job waits for it. */
export function driftJob(model: GithubModel): Job {
  return {
    name: "Drift of ${{ matrix.environment }}",
    if: IS_SCHEDULE,
    "runs-on": "",
    permissions: cloudPermissions(model),
    concurrency: {
      group: `${groupOf(model)}-drift-\${{ matrix.environment }}`,
      "cancel-in-progress": false,
    },
    strategy: {
      "fail-fast": false,
      matrix: { environment: model.environments.map(({ name }) => literalText(name)) },
    },
    env: plannerEnv(model),
    steps: [
      ...terraformSteps(model),
      {
        name: "Look for drift",
        env: {
          ENVIRONMENT: "${{ matrix.environment }}",
          CACHE_HIT: "${{ steps.cache.outputs.cache-hit }}",
          ...variableEnv(model),
        },
        run: SCRIPTS.drift,
      },
      ...reportSteps(`${groupOf(model)}-drift-\${{ matrix.environment }}`),
    ],
  };
}
