import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { readSettings } from "../local/readSettings.ts"
import { CliFailure } from "./CliFailure.ts"
import { isHeld } from "./LocalInstallation.ts"

/** `maillm readmodel rebuild`: empties the read model of the data folder; what runs next folds it again. */
export const rebuild = async (json: boolean): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const { dataDir, mongodbUrl } = settings
  const done = mongodbUrl === null ? await removeFile(dataDir) : await resetMongo(mongodbUrl, dataDir)
  console.log(json ? JSON.stringify(done) : done.done)
  return true
}

interface Rebuilt {
  readonly store: "sqlite" | "mongodb"
  readonly removed: boolean
  /** What was done, and what comes next, in words. */
  readonly done: string
}

/** The whole file, because a damaged one may be why. The folder is held meanwhile, so that no maillm opens it. */
const removeFile = async (dataDir: string): Promise<Rebuilt> => {
  if (!existsSync(dataDir))
    throw new CliFailure(
      `there is no data folder ${dataDir}: set MAILLM_DATA_DIR to the one whose read model is meant`,
    )
  const { lockFolder } = await import("../local/DataFolder.ts")
  const lock = await lockFolder(dataDir).catch(() => null)
  if (lock === null)
    throw new CliFailure(
      `a maillm runs on the data folder ${dataDir}: stop it, run this again, and start it; with SQLite the next start folds`,
    )
  try {
    const file = join(dataDir, "readmodel.sqlite")
    const removed = existsSync(file)
    for (const suffix of ["-wal", "-shm", ""]) rmSync(file + suffix, { force: true })
    const done = removed ? `Removed ${file}` : `There is no ${file}`
    return { store: "sqlite", removed, done: `${done}: the next start folds it again from the streams` }
  } finally {
    lock.close()
  }
}

const resetMongo = async (url: string, dataDir: string): Promise<Rebuilt> => {
  const { MongoReadModel } = await import("@maillm/actors/readmodel/MongoReadModel")
  const { rebuildReadModel } = await import("@maillm/actors/projection/rebuildReadModel")
  await Effect.runPromise(
    rebuildReadModel.pipe(
      Effect.provide(MongoReadModel.layer(Redacted.make(url))),
      Effect.mapError((error) => new CliFailure(error.message)),
    ),
  )
  const who = (await isHeld(dataDir)) ? "the running maillm folds" : "the next start folds"
  return {
    store: "mongodb",
    removed: true,
    done: `Emptied the read model in MongoDB: ${who} it again from the streams`,
  }
}
