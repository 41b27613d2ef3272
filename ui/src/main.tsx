import "@fontsource-variable/source-sans-3/wght.css"
import "@fontsource/jetbrains-mono/400.css"
import "./tokens.css"
import "./base.css"
import { render } from "solid-js/web"
import { gatewayBackend } from "./api/gatewayBackend.ts"
import { App } from "./App.tsx"

const backend =
  import.meta.env.MODE === "mock" ? (await import("./mock/mockBackend.ts")).makeMockBackend() : gatewayBackend

const place = document.querySelector("#console")
if (place === null) throw new Error("index.html has no #console")
render(() => <App backend={backend} />, place)
