import { ACTIONS, usesAction } from "./actions.ts";
import { reportSteps, setUpSteps, tofuSteps } from "./common-steps.ts";
import type { GithubModel } from "./github-model.ts";
import { groupOf } from "./plan-jobs.ts";
import { SCRIPTS } from "./scripts.ts";
import { IS_PULL_REQUEST } from "./select-job.ts";
import type { Job } from "./workflow-tree.ts";

/**
 * Rehearses each environment that differs: what it was at the base, then the change on top, then the destroy of all of
 * it. It takes no identity and no secret, so a fork's pull request is rehearsed as well.
 */
export function rehearseJob(model: GithubModel): Job {
  return {
    name: "Rehearse ${{ matrix.environment }}",
    needs: ["select"],
    if: `${model.isRehearsalOnly ? "" : `${IS_PULL_REQUEST} && `}needs.select.outputs.rehearse != '[]'`,
    "runs-on": "",
    permissions: { contents: "read" },
    concurrency: {
      group: `${groupOf(model)}-rehearse-\${{ github.ref }}-\${{ matrix.environment }}`,
      // Nothing is left behind by a rehearsal that ends early, and nobody waits for that of an earlier commit.
      "cancel-in-progress": true,
    },
    strategy: {
      "fail-fast": false,
      matrix: { environment: "${{ fromJSON(needs.select.outputs.rehearse || '[]') }}" },
    },
    steps: [
      ...setUpSteps("all"),
      ...tofuSteps(model),
      {
        uses: usesAction(ACTIONS.cache),
        with: {
          path: "~/.cache/platc\n",
          key: "platc-terraform-${{ runner.os }}-${{ runner.arch }}-${{ hashFiles('package-lock.json') }}",
        },
      },
      {
        name: "Rehearse",
        env: {
          ENVIRONMENT: "${{ matrix.environment }}",
          BASE: "${{ github.event.pull_request.base.sha }}",
        },
        run: SCRIPTS.rehearse,
      },
      ...reportSteps(`${groupOf(model)}-rehearse-\${{ matrix.environment }}`),
    ],
  };
}
