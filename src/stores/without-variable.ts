/** Runs what would else look at a variable of the process itself and understand it in its own way. */
export function withoutVariable<T>(name: string, make: () => T): T {
  const before = process.env[name];
  delete process.env[name];
  try {
    return make();
  } finally {
    if (before !== undefined) process.env[name] = before;
  }
}
