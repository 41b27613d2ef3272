/** Whether a version such as `v24.1.0` is one that maillm runs on. */
export function isNewEnough(version: string): boolean
export function ensureNode(): Promise<string>
