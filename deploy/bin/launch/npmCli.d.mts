/** Throws SetupFailed when there is no npm. */
export function npmCli(): string
