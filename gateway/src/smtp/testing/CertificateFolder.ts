import { execFileSync } from "node:child_process"
import { mkdtempSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A folder for one certificate and its key, with ways to replace them. */
export class CertificateFolder {
  readonly folder = mkdtempSync(join(tmpdir(), "maillm-tls-"))
  readonly files = { certFile: join(this.folder, "cert.pem"), keyFile: join(this.folder, "key.pem") }

  /** Makes a pair for the name and puts it in place, both files in one step each, or only one of them. */
  make(
    name: string,
    which: "both" | "cert" | "key" = "both",
    dates: ReadonlyArray<string> = ["-days", "90"],
  ) {
    const [cert, key] = [join(this.folder, "new.pem"), join(this.folder, "new.key")]
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", ...dates].concat([
        "-subj",
        `/CN=${name}`,
        "-addext",
        `subjectAltName=DNS:${name}`,
        "-keyout",
        key,
        "-out",
        cert,
      ]),
      { stdio: "ignore" },
    )
    if (which !== "key") renameSync(cert, this.files.certFile)
    if (which !== "cert") renameSync(key, this.files.keyFile)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
