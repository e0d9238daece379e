/** What a comment on a pull request tells of. */
export interface CommentKind {
  /** What the artifact with the report has in its name: `plan`. */
  readonly artifact: string;
  /** The report in it. */
  readonly file: string;
  /** What the first line of the comment has behind the environment. */
  readonly mark: string;
  readonly title: string;
  /** The title as what was done: `planned`. */
  readonly done: string;
}

/**
 * One comment for each environment, found by its first line; where there is nothing any more to say, it says so. A run
 * that a later commit has overtaken leaves the comments to the run of that commit. Where the spec has a mistake, one
 * comment for each environment says so: that of the plan, where there is one.
 */
export function commentScript({ artifact, file, mark, title, done }: CommentKind): string {
  const said = `printf '%s\\n### ${title}: %s, %s\\n`;
  const values = '"$marker" "$PLATFORM" "$environment"';
  const noun = title.toLowerCase();
  return `latest="$(gh api "repos/$GITHUB_REPOSITORY/pulls/$PULL_REQUEST" --jq .head.sha)"
if [ "$latest" != "$HEAD" ]; then
  echo "There is a later commit: its run writes the comments"
  exit 0
fi
for environment in $ENVIRONMENTS; do
  marker="<!-- platc-ci $PLATFORM $environment${mark} -->"
  report="reports/platc-$PLATFORM-${artifact}-$environment/${file}"
  body="$RUNNER_TEMP/comment.md"
  known="$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" \\
    --jq '.[] | [.id, (.body | split("\\n")[0] | rtrimstr("\\r"))] | @tsv' | awk -F '\\t' -v marker="$marker" '$2 == marker { print $1; exit }')"
  if [ -f "$report" ]; then
    { ${said}' ${values}; tail -n +3 "$report"; printf '\\n[The log](%s) and its artifacts have all of it.\\n' "$LOG"; } > "$body"
  elif [ "$SELECTED" != success ] && { [ "$TELLS_MISTAKES" = true ] || [ -n "$known" ]; }; then
    ${said}\\n**Not ${done}:** the spec or what is generated from it has a mistake. [The log](%s) says which.\\n' ${values} "$LOG" > "$body"
  elif [ "\${SELECTION#* "$environment" }" != "$SELECTION" ]; then
    ${said}\\n**The ${noun} failed** before there was anything to report. [The log](%s) says why.\\n' ${values} "$LOG" > "$body"
  elif [ -n "$known" ]; then
    ${said}\\nNothing differs from the base of this pull request.\\n' ${values} > "$body"
  else
    continue
  fi
  if [ -n "$known" ]; then
    gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" -F "body=@$body" --silent
  else
    gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" -F "body=@$body" --silent
  fi
done
`;
}
