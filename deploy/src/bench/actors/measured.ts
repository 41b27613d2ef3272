import type { MeasuredPoint } from "./TurnSystem.ts"

export const concurrencies = [1, 64, 256] as const
export type Concurrency = (typeof concurrencies)[number]

/** What each system did at each concurrency, a point a round. */
export class Measured {
  readonly #points = new Map<string, Array<MeasuredPoint>>()

  add(system: string, concurrency: Concurrency, point: MeasuredPoint): void {
    this.#points.set(`${system} ${concurrency}`, [...this.of(system, concurrency), point])
  }

  of(system: string, concurrency: Concurrency): ReadonlyArray<MeasuredPoint> {
    return this.#points.get(`${system} ${concurrency}`) ?? []
  }
}
