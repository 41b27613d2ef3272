import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { cpus, totalmem } from "node:os"
import { repository } from "../../bin/launch/paths.mjs"

/** One measured case. `peers` and `limit` were measured in the same run. */
export interface BenchRow {
  readonly case: string
  readonly unit: string
  readonly ours: number
  readonly peers: Readonly<Record<string, number>>
  readonly limit: number | null
  /** What was aimed at; a missed goal is said and fails nothing. */
  readonly goals?: ReadonlyArray<BenchGoal>
}

export interface BenchGoal {
  readonly goal: string
  readonly value: number
  readonly met: boolean
}

export interface BenchReport {
  readonly name: string
  readonly rows: ReadonlyArray<BenchRow>
  /** Versions and what both sides promise, in words. */
  readonly notes: ReadonlyArray<string>
}

export const median = (values: ReadonlyArray<number>): number => quantile(values, 0.5)

/** The value below which the share `q` of the values lies (nearest rank); NaN of none. */
export const quantile = (values: ReadonlyArray<number>, q: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN
}

const number = (value: number) =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)))

/** Best means highest for rates, lowest for times. */
const ratioToBestPeer = (row: BenchRow): number | null => {
  const values = Object.values(row.peers)
  if (values.length === 0) return null
  return row.ours / (row.unit.endsWith("/s") ? Math.max(...values) : Math.min(...values))
}

/** Prints the table and, where asked for, writes the JSON that outside.md describes. */
export const publish = (report: BenchReport, jsonFile: string | null): void => {
  const machine = `${cpus().length} cores ${cpus()[0]?.model ?? ""}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`
  console.log(`\n${report.name}: ${machine}`)
  const cells = report.rows.map((row) => {
    const ratio = ratioToBestPeer(row)
    return [
      row.case,
      `${number(row.ours)} ${row.unit}`,
      Object.entries(row.peers)
        .map(([name, value]) => `${name} ${number(value)}`)
        .join(", "),
      ratio === null ? "" : `${ratio.toFixed(2)}x`,
      row.limit === null ? "" : `${number(row.limit)} (${((row.ours / row.limit) * 100).toFixed(0)} %)`,
      (row.goals ?? [])
        .map(({ goal, value, met }) => `${goal}: ${number(value)} ${met ? "met" : "MISSED"}`)
        .join(", "),
    ]
  })
  const head = ["case", "maillm", "peers", "to best peer", "limit (share)", "goal"]
  const widths = head.map((title, i) =>
    Math.max(title.length, ...cells.map((cell) => (cell[i] ?? "").length)),
  )
  for (const line of [head, ...cells])
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
  for (const note of report.notes) console.log(`- ${note}`)
  if (jsonFile === null) return
  writeFileSync(
    jsonFile,
    `${JSON.stringify(
      {
        name: report.name,
        at: new Date().toISOString(),
        commit: commit(),
        machine,
        rows: report.rows.map((row) => ({
          ...row,
          ratioToBestPeer: ratioToBestPeer(row),
          ratioToLimit: row.limit === null ? null : row.ours / row.limit,
        })),
        notes: report.notes,
      },
      null,
      2,
    )}\n`,
  )
}

const commit = () => {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim()
  } catch {
    return "unknown"
  }
}
