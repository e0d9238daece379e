/**
 * The id of a job of an environment, `dev_wave_1`, with nothing in it but what ids take. Names have no underscore, so that
 * no two environments share an id, and none has that of another job.
 */
export function jobId(environment: string, part: string): string {
  const name = environment.replace(/[^a-z0-9-]/gu, (sign) => `_x${sign.codePointAt(0)?.toString(16)}_`);
  return /^[a-z]/.test(name) ? `${name}_${part}` : `_${name}_${part}`;
}
