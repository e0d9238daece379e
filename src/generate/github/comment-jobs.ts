import { ACTIONS, usesAction } from "./actions.ts";
import type { GithubModel } from "./github-model.ts";
import { groupOf } from "./plan-jobs.ts";
import { SCRIPTS } from "./scripts.ts";
import { IS_OWN } from "./select-job.ts";
import type { Job } from "./workflow-tree.ts";

/** Keeps a comment of the plan for each environment on the pull request. */
export function planCommentJob(model: GithubModel): Job {
  return commentJob(model, {
    name: "Comment",
    after: "plan",
    group: "comment",
    selection: "planned",
    tellsMistakes: true,
    script: SCRIPTS.planComment,
  });
}

/** Keeps a comment of the rehearsal for each environment; what cannot be rehearsed at all the plan's comment says. */
export function rehearsalCommentJob(model: GithubModel): Job {
  return commentJob(model, {
    name: "Comment on the rehearsal",
    after: "rehearse",
    group: "rehearse-comment",
    selection: "rehearsed",
    tellsMistakes: model.isRehearsalOnly,
    script: SCRIPTS.rehearsalComment,
  });
}

interface CommentedJob {
  readonly name: string;
  readonly after: "plan" | "rehearse";
  readonly group: string;
  readonly selection: "planned" | "rehearsed";
  /** Whether a spec with a mistake is told where there is no comment yet. */
  readonly tellsMistakes: boolean;
  readonly script: string;
}

/** Nothing of the pull request's code runs here: it is the one job that may write to the pull request. */
function commentJob(
  model: GithubModel,
  { name, after, group, selection, tellsMistakes, script }: CommentedJob,
): Job {
  return {
    name,
    needs: ["select", after],
    if: `!cancelled() && ${IS_OWN}`,
    "runs-on": "",
    permissions: { "pull-requests": "write" },
    concurrency: {
      group: `${groupOf(model)}-${group}-\${{ github.event.pull_request.number }}`,
      "cancel-in-progress": false,
    },
    steps: [
      {
        name: "Get the reports",
        if: `needs.${after}.result != 'skipped'`,
        uses: usesAction(ACTIONS.downloadArtifact),
        with: { pattern: `${groupOf(model)}-${after}-*`, path: "reports" },
      },
      {
        name: "Write or update the comments",
        env: {
          GH_TOKEN: "${{ github.token }}",
          PULL_REQUEST: "${{ github.event.pull_request.number }}",
          HEAD: "${{ github.event.pull_request.head.sha }}",
          SELECTED: "${{ needs.select.result }}",
          SELECTION: `\${{ needs.select.outputs.${selection} }}`,
          TELLS_MISTAKES: String(tellsMistakes),
          LOG: "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}",
        },
        run: script,
      },
    ],
  };
}
