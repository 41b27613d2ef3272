import { MongoClient } from "mongodb"
import { expect, test } from "vitest"
import { ferretDbMissing, startTestFerretDb } from "../../src/readmodel/testing/TestFerretDb.ts"

test.skipIf(ferretDbMissing)("FerretDB keeps a document (needs MAILLM_TEST_FERRETDB)", async () => {
  const server = await startTestFerretDb()
  const client = await MongoClient.connect(server.url)
  const documents = client.db("test").collection<{ _id: string; seen: number }>("documents")
  await documents.createIndex({ seen: 1 })
  await documents.updateOne({ _id: "one" }, { $set: { seen: 2 } }, { upsert: true })
  expect(await documents.findOne({ seen: 2 })).toEqual({ _id: "one", seen: 2 })
  await client.close()
  await server.stop()
})
