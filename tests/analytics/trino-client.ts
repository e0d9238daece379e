/** Rows of a statement; fails with what Trino says. */
export async function askTrino(
  origin: string,
  user: string,
  statement: string,
): Promise<readonly (readonly unknown[])[]> {
  interface Answer {
    readonly nextUri?: string;
    readonly data?: readonly (readonly unknown[])[];
    readonly error?: { readonly message: string };
  }
  const rows: (readonly unknown[])[] = [];
  let response = await fetch(`${origin}/v1/statement`, {
    method: "POST",
    body: statement,
    headers: { "x-trino-user": user },
  });
  for (;;) {
    const answer = (await response.json()) as Answer;
    if (answer.error) throw new Error(answer.error.message);
    rows.push(...(answer.data ?? []));
    if (answer.nextUri === undefined) return rows;
    response = await fetch(answer.nextUri);
  }
}
