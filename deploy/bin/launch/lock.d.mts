export function withLock<A>(name: string, action: () => Promise<A>): Promise<A>
