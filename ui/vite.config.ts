import { fileURLToPath } from "node:url"
import solid from "vite-plugin-solid"
import { defineConfig } from "vitest/config"
import { compressAssets } from "./compressAssets.ts"
import { contentSecurityPolicy } from "./src/contentSecurityPolicy.ts"

const gateway = `http://127.0.0.1:${process.env["MAILLM_HTTP_PORT"] ?? "4000"}`

/**
 * `vite build` writes `ui/dist`, which the gateway serves. `vite` serves the source and passes the API and the live
 * socket on to a gateway; `--mode mock` needs no gateway: the data comes from src/mock.
 */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [solid(), compressAssets()],
  cacheDir: fileURLToPath(new URL("./.cache/vite", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL(mode === "mock" ? "./.cache/mock" : "./dist", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: gateway },
      "/socket.io": { target: gateway, ws: true },
    },
  },
  preview: {
    host: "127.0.0.1",
    headers: { "content-security-policy": contentSecurityPolicy },
  },
  test: {
    name: "ui",
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "test/**/*.test.ts"],
    environment: "node",
    setupFiles: ["../deploy/src/testing/noRegExpAsValue.ts"],
    testTimeout: 20_000,
  },
}))
