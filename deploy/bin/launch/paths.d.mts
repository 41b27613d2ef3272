export const repository: string
export const cacheDir: string
export function environmentOf(node: string): Record<string, string | undefined>
