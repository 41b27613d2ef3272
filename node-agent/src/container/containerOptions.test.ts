import { expect, test } from "vitest"
import { containerOptions } from "./containerOptions.ts"

const spec = {
  installation: "0123456789ab",
  userId: "ada",
  image: "maillm/session:local",
  integrationFolder: "/data/node/integration/ada",
  managedFolder: "/data/node/managed/claude",
}

test("nothing but names, labels and two sources depends on the user", () => {
  const ada = containerOptions(spec)
  const bob = containerOptions({ ...spec, userId: "bob", integrationFolder: "/data/node/integration/bob" })
  const without = (options: typeof ada) => JSON.stringify(options).replaceAll(/ada|bob/g, "X")
  const template = (options: typeof ada) => options.Labels?.["maillm.template"] ?? "none"
  expect(without(bob).replace(template(bob), "")).toBe(without(ada).replace(template(ada), ""))
})

test("the template is closed: no privilege, capability, host namespace, device, network or secret", () => {
  const { HostConfig, ...rest } = containerOptions(spec)
  expect(HostConfig).toMatchObject({
    Privileged: false,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges"],
    NetworkMode: "none",
    IpcMode: "private",
    PidsLimit: 512,
    Init: true,
  })
  for (const key of ["CapAdd", "Devices", "Binds", "DeviceRequests", "GroupAdd", "Runtime", "UsernsMode"]) {
    expect(HostConfig).not.toHaveProperty(key)
  }
  expect(JSON.stringify(HostConfig)).not.toMatch(/"host"|docker\.sock|unconfined/)
  expect(rest.User).toBe("1000:1000")
  expect(rest.Env).toEqual(["LANG=C.UTF-8", "HOME=/workspace"])
})

test("another template means another label, so that old containers are made anew", () => {
  const label = (image: string) => containerOptions({ ...spec, image }).Labels?.["maillm.template"]
  expect(label("a")).toBe(label("a"))
  expect(label("a")).not.toBe(label("b"))
})
