"use strict"

// Haraka's way into its own spool without the delivery that follows it: accept every recipient, write the mail with the
// same stream (fsync before close), rename it, then say that it is queued.
const fs = require("node:fs")
const path = require("node:path")
const { FsyncWriteStream } = require("haraka-utils")

const folder = process.env.BENCH_QUEUE

exports.hook_rcpt = (next) => next(OK)

exports.hook_queue = (next, connection) => {
  const { message_stream: stream, uuid } = connection.transaction
  const temporary = path.join(folder, `.${uuid}`)
  const file = new FsyncWriteStream(temporary, { flags: "wx" })
  file.on("error", (error) => next(DENYSOFT, error.message))
  file.on("close", () =>
    fs.rename(temporary, path.join(folder, uuid), (error) =>
      error ? next(DENYSOFT, error.message) : next(OK, "queued"),
    ),
  )
  stream.pipe(file)
}
