/** Whether the emulator answers in the place of a provider's cloud; `provider` as a state names it. */
export function isEmulatedProvider(provider: string): boolean {
  return /\/aws(?:cc)?"\]/.test(provider);
}
