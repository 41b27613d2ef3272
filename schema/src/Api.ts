import * as HttpApi from "effect/http-api/HttpApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { ActorsApi } from "./api/ActorsApi.ts"
import { AddressesApi } from "./api/AddressesApi.ts"
import { ApprovalsApi } from "./api/ApprovalsApi.ts"
import { AuthApi } from "./api/AuthApi.ts"
import { DeadApi } from "./api/DeadApi.ts"
import { BlobsApi, MessagesApi } from "./api/MessagesApi.ts"
import { RequestsApi } from "./api/RequestsApi.ts"
import { SessionsApi } from "./api/SessionsApi.ts"
import { AuditApi, NodesApi, SystemApi } from "./api/SystemApi.ts"

/**
 * The HTTP API: what the console and scripts speak, served below `/api`. Lists are JSON arrays of the rows of
 * ReadModel.ts, newest first; approvals that wait oldest first. Every endpoint answers for the signed-in user only.
 */
export class Api extends HttpApi.make("maillm")
  .add(RequestsApi)
  .add(SessionsApi)
  .add(ApprovalsApi)
  .add(MessagesApi)
  .add(BlobsApi)
  .add(NodesApi)
  .add(AuditApi)
  .add(SystemApi)
  .add(AddressesApi)
  .add(ActorsApi)
  .add(DeadApi)
  .add(AuthApi)
  .annotateMerge(
    OpenApi.annotations({
      title: "maillm",
      version: "0.1.0",
      description:
        "Requests to coding agents, their sessions, and the mail in and out. Authenticate with `Authorization: Bearer <token>` or sign in to the console. Lists are JSON arrays, newest first; a page shorter than `limit` is the last.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    }),
  ) {}
