import type { SchemaProblem } from "../rehearsal/find-schema.ts";
import { typeUsers, type TypeUsersRequest } from "./type-users.ts";

/** Problems with who uses what is lacking. */
export function problemsWithUsers(
  request: TypeUsersRequest,
  problems: readonly SchemaProblem[],
): Promise<readonly SchemaProblem[]> {
  return Promise.all(
    problems.map(async (problem) => {
      const users = await typeUsers(request, problem);
      return users === "" ? problem : { ...problem, message: `${problem.message}: ${users}` };
    }),
  );
}
