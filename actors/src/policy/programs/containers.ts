import { pathsOf, writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import { placeOf } from "../paths.ts"
import type { Call, Programs, Rule } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames, verbRule } from "../verbs.ts"

const runShort = "vepuwhlmcaenk"
const runLong =
  "--volume --mount --env --env-file --publish --user --workdir --name --network --net --entrypoint --platform --hostname --label --memory --cpus --cap-add --cap-drop --device --pid --ipc --uts --userns --security-opt --restart --add-host --dns --tmpfs --shm-size --ulimit --gpus --pull --log-driver --log-opt --health-cmd --link --expose --stop-signal --runtime --volumes-from --cgroupns --cgroup-parent --device-cgroup-rule --index --scale --file --project-name --profile --project-directory"

/** Publishers of images whom everybody uses. */
const knownImages =
  /^(docker\.io\/)?(library|bitnami|grafana|prom|hashicorp|circleci|cimg|selenium|confluentinc|amazon|google|microsoft|rust-lang|oven|denoland|nginxinc|postgis|timescale|elastic|mailhog|axllent|minio|localstack|jaegertracing|otel|apache|koalaman|hadolint|pandoc|squidfunk|stoplight|openapitools|swaggerapi|sonarsource|aquasec|semgrep)\/|^(mcr\.microsoft\.com|docker\.elastic\.co|gcr\.io\/distroless|public\.ecr\.aws\/(docker|lambda))\//

/** Options of `docker run` that give the container more than the workspace. */
const judgeRun = (call: Call, args: ReadonlyArray<string>, image: boolean): void => {
  const { shell, name } = call
  const { rest, has, valuesOf } = parseOptions(args, { short: runShort, long: runLong, first: true })
  const grave = [
    has("--privileged") && "--privileged",
    ...["--pid", "--ipc", "--uts", "--userns", "--network", "--net", "--cgroupns"].flatMap((option) =>
      valuesOf(option)
        .filter((value) => value === "host")
        .map((value) => `${option}=${value}`),
    ),
    ...["--cap-add", "--device", "--volumes-from", "--device-cgroup-rule"].flatMap((option) =>
      valuesOf(option).map((value) => `${option} ${value}`),
    ),
    ...valuesOf("--security-opt").filter((value) => /unconfined|disable|label/.test(value)),
  ].filter(
    (option): option is string =>
      typeof option === "string" && !(/^--net(work)?=host$/.test(option) && false),
  )
  if (grave.length > 0)
    shell.report("privilege", `gives a container rights on the whole machine: ${shown(grave.join(" "))}`)
  const mounts = [
    ...valuesOf("-v", "--volume").map((value) => value.split(":")[0] ?? ""),
    ...valuesOf("--mount").flatMap((value) =>
      /(?:^|,)type=(volume|tmpfs)/.test(value)
        ? []
        : [/(?:^|,)(?:src|source)=([^,]*)/.exec(value)?.[1] ?? ""],
    ),
  ]
  for (const mount of mounts) {
    // A bare name is a volume of the engine, no folder.
    if (/^[\w.-]+$/.test(mount) && !mount.startsWith(".")) continue
    for (const path of pathsOf(shell, mount)) {
      const place = placeOf(path, shell.context)
      if (place === "outside" || place === "device" || place === "unknown")
        shell.report("privilege", `gives a container files of the machine: ${shown(path)}`)
    }
  }
  const [from = ""] = rest
  if (image && from.includes("/") && !knownImages.test(from) && !/^(\.|localhost[:/])/.test(from))
    shell.report("code-from-network", `fetches a program of others and runs it: ${shown(from)}`)
  const command = rest.slice(1)
  const [entry] = valuesOf("--entrypoint")
  if (entry !== undefined && entry !== "") shell.runWords([entry, ...command])
  else if (command.length > 0 && !(command[0] ?? "").startsWith("-")) shell.runWords(command)
  shell.report("container", `runs a container: ${shown([name, "run", ...rest].join(" "))}`)
}

const reading =
  /^(ps|images|logs|inspect|version|info|stats|top|port|diff|history|events|search|ls|help|config|wait|context|df|manifest)$/
const building =
  /^(build|buildx|start|stop|restart|create|up|pull|tag|compose|down|pause|unpause|rename|attach|kill|rm|rmi|commit|load|import|init|watch|export|save|scale|convert|images|bake)$/

const docker: Rule = (call) => {
  const { shell, args, name } = call
  const { rest, valuesOf } = parseOptions(args, {
    short: "HcDl",
    long: "--host --context --config --log-level --connection --url",
    first: true,
  })
  if (valuesOf("-H", "--host", "--url").some((host) => !host.startsWith("unix:")))
    shell.report("network-egress", `works on another machine: ${shown(args.join(" "))}`)
  if (
    valuesOf("-c", "--context", "--connection").some(
      (context) => !/^(default|desktop-linux|colima|orbstack)$/.test(context),
    )
  )
    shell.report("network-egress", `may work on another machine: ${shown(args.join(" "))}`)
  const [verb = "", ...words] = rest
  const text = shown([name, ...args].join(" "))
  if (verb === "" || asksForHelp(words)) return
  if (verb === "compose") return compose({ ...call, args: words })
  const [second = "", ...others] = words
  if (
    /^(container|image|volume|network|system|builder|buildx|plugin|context|manifest|pod|machine|secret|swarm|service|stack|node|trust|checkpoint)$/.test(
      verb,
    )
  ) {
    if (verb === "container" && /^(run|exec|create)$/.test(second)) return judgeVerb(call, second, others)
    if (
      reading.test(second) ||
      (verb === "system" && second === "df") ||
      (verb === "buildx" && /^(build|ls|inspect|du|bake|version|use|create)$/.test(second))
    ) {
      if (verb === "buildx" && others.includes("--push"))
        return shell.report("publish", `publishes an image: ${text}`)
      return shell.report(second === "build" ? "container" : "read", `works with containers: ${text}`)
    }
    if (
      /^(prune|rm|remove|kill|leave|reset|down|uninstall|use)$/.test(second) ||
      (verb === "context" && /^(create|update|import|export)$/.test(second)) ||
      /^(swarm|service|stack|node|secret|trust|plugin)$/.test(verb)
    ) {
      if (second === "push") return shell.report("publish", `publishes an image: ${text}`)
      return shell.report("infrastructure", `deletes or changes containers, images or volumes: ${text}`)
    }
    if (second === "push") return shell.report("publish", `publishes an image: ${text}`)
    return shell.report("container", `works with containers: ${text}`)
  }
  return judgeVerb(call, verb, words)
}

const judgeVerb = (call: Call, verb: string, words: ReadonlyArray<string>): void => {
  const { shell, name, args } = call
  const text = shown([name, ...args].join(" "))
  if (verb === "run" || verb === "create") judgeRun(call, words, true)
  else if (verb === "exec") {
    const { rest, has } = parseOptions(words, {
      short: "euw",
      long: "--env --user --workdir --env-file --index",
      first: true,
    })
    if (has("--privileged"))
      shell.report("privilege", `gives a container rights on the whole machine: ${text}`)
    shell.report("container", `runs a command in a container: ${text}`)
    if (rest.length > 1) shell.runWords(rest.slice(1))
    if (/^(env|printenv|export|set)$/.test(rest[1] ?? "") && rest.length === 2)
      shell.report("credentials", `shows the environment of a container: ${text}`)
  } else if (verb === "push") shell.report("publish", `publishes an image: ${text}`)
  else if (verb === "login" || verb === "logout") shell.report("credentials", `handles secrets: ${text}`)
  else if (verb === "cp") {
    const target = words.at(-1) ?? ""
    if (!/^[\w.-]+:/.test(target)) writesFile(shell, target)
    shell.report("container", `copies from or to a container: ${text}`)
  } else if (
    (verb === "rm" || verb === "rmi" || verb === "kill" || verb === "stop") &&
    words.some((word) => word.includes("\u0000"))
  )
    shell.report("infrastructure", `deletes containers or images that are not known until then: ${text}`)
  else if (
    /^(rm|rmi|stop|restart|pause)$/.test(verb) &&
    words.some((word) => /(^|[._/-])prod(uction)?($|[._:-])/i.test(word))
  )
    shell.report("infrastructure", `works on what is in production: ${text}`)
  else if (verb === "kill") shell.report("infrastructure", `ends containers by force: ${text}`)
  else if (/^(import|load)$/.test(verb) && words.some((word) => /^https?:/.test(word)))
    shell.report("code-from-network", `fetches an image from elsewhere: ${text}`)
  else if (/^(rm|rmi|kill|stop)$/.test(verb) && words.some((word) => /^-[a-z]*a|^--all$/.test(word)))
    shell.report("infrastructure", `ends or deletes all containers or images: ${text}`)
  else if (
    (verb === "rm" && words.some((word) => /^-\w*v/.test(word))) ||
    (verb === "rmi" && words.some((word) => /^-\w*f|^--force$/.test(word)))
  )
    shell.report("infrastructure", `deletes volumes or images: ${text}`)
  else if (verb === "inspect" && words.some((word) => /\.?\bEnv\b|Secret/.test(word)))
    shell.report("credentials", `shows the environment of a container: ${text}`)
  else if (reading.test(verb)) shell.report("read", `only looks: ${text}`)
  else if (building.test(verb)) {
    if (words.includes("--push")) shell.report("publish", `publishes an image: ${text}`)
    const { valuesOf } = parseOptions(words, { short: "ot", long: "--output --tag" })
    if (verb === "save" || verb === "export")
      for (const file of valuesOf("-o", "--output")) writesFile(shell, file)
    if (words.some((word) => /^--(allow|network=host|security-opt)/.test(word)))
      shell.report("privilege", `gives a build rights on the machine: ${text}`)
    shell.report("container", `works with the project's containers: ${text}`)
  } else shell.report("unknown", `is a call that is not known: ${text}`)
}

const compose: Rule = (call) => {
  const { shell, args } = call
  const { rest, valuesOf } = parseOptions(args, {
    short: "fpH",
    long: "--file --project-name --profile --env-file --project-directory --ansi --progress --parallel",
    first: true,
  })
  const [verb = "", ...words] = rest
  const text = shown(["docker compose", ...args].join(" "))
  if (
    [...valuesOf("-f", "--file", "--profile", "-p", "--project-name", "--env-file")].some((value) =>
      /(^|[._/-])prod(uction)?($|[._-])/i.test(value),
    ) &&
    !reading.test(verb) &&
    verb !== "build"
  )
    shell.report("infrastructure", `works on what is in production: ${text}`)
  if (verb === "exec" || verb === "run") {
    if (verb === "run") judgeRun({ ...call, name: "docker compose" }, words, false)
    else judgeVerb({ ...call, name: "docker compose" }, "exec", words)
  } else if (verb === "down" && words.some((word) => /^(-v|--volumes|--rmi)/.test(word)))
    shell.report("infrastructure", `deletes the project's volumes with their data: ${text}`)
  else if (verb === "rm" && words.some((word) => /^-\w*v/.test(word)))
    shell.report("infrastructure", `deletes the project's volumes with their data: ${text}`)
  else if (verb === "push" || verb === "publish") shell.report("publish", `publishes images: ${text}`)
  else if (verb === "kill") shell.report("infrastructure", `ends containers by force: ${text}`)
  else if (verb === "config" && words.includes("--environment"))
    shell.report("credentials", `shows the environment: ${text}`)
  else if (verb === "cp") judgeVerb(call, "cp", words)
  else if (reading.test(verb) || verb === "") shell.report("read", `only looks: ${text}`)
  else if (building.test(verb)) shell.report("container", `works with the project's containers: ${text}`)
  else shell.report("unknown", `is a call that is not known: ${text}`)
}

const kubectl: Rule = (call) => {
  const { shell, args, name } = call
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "nlofcLp",
    long: "--namespace --context --kubeconfig --selector --output --filename --container --cluster --user --server --token --as --field-selector --sort-by --since --tail --overrides --address --image --timeout --for --replicas --patch --type",
  })
  const [verb = "", kind = ""] = rest
  const text = shown([name, ...args].join(" "))
  if (valuesOf("--token").length > 0 || valuesOf("--as").length > 0)
    shell.report("credentials", `acts as somebody else: ${text}`)
  if (
    /^(get|describe|view)$/.test(verb) &&
    args.some((arg) => /^(secrets?)(\/|,|$)|,secrets?(,|$)/i.test(arg))
  )
    return shell.report("credentials", `reads secrets of the cluster: ${text}`)
  if (verb === "config" && (kind === "view" ? has("--raw") : /^(set|unset|delete|rename|use)/.test(kind)))
    return shell.report(
      kind === "use-context" ? "infrastructure" : "credentials",
      `changes or shows how clusters are reached: ${text}`,
    )
  if (/^(create)$/.test(verb) && kind === "token")
    return shell.report("credentials", `makes a key to the cluster: ${text}`)
  if (verb === "cluster-info" && kind === "dump")
    return shell.report("credentials", `copies what is in the cluster: ${text}`)
  if (verb === "plugin" && kind !== "list" && kind !== "")
    return shell.report("unknown", `runs a plugin: ${text}`)
  if (
    [...rest.slice(1), ...valuesOf("-f", "--filename")].some((word) =>
      /^(https?|git):|^github\.com\//.test(word),
    )
  )
    return shell.report("code-from-network", `takes what is to run from elsewhere: ${text}`)
  if (
    verb === "port-forward" &&
    valuesOf("--address").some((address) => !/^(localhost|127\.|::1)/.test(address))
  )
    return shell.report("network-egress", `lets other machines reach the cluster: ${text}`)
  if (verb === "rollout" && /^(status|history)$/.test(kind)) return
  if (verb === "auth" && /^(can-i|whoami)$/.test(kind)) return
  if (
    /^(get|describe|logs|log|top|explain|version|cluster-info|api-resources|api-versions|diff|wait|config|events|kustomize|completion|options|plugin|help|port-forward|proxy-x|)$/.test(
      verb,
    ) ||
    (args.includes("--dry-run") && !/^(delete|exec)$/.test(verb)) ||
    args.some((arg) => /^--dry-run=(client|server)$/.test(arg) && !/^(delete|exec)$/.test(verb))
  )
    return
  if (verb === "exec" || verb === "debug" || verb === "run") {
    const from = args.indexOf("--")
    if (from >= 0) shell.runWords(args.slice(from + 1))
  }
  return shell.report("infrastructure", `changes or deletes what runs in the cluster: ${text}`)
}

export const containers: Programs = {
  ...forNames("docker podman nerdctl", docker),
  ...forNames("docker-compose podman-compose", compose),
  ...forNames("kubectl oc k kubectl.exe microk8s.kubectl k3s-kubectl", kubectl),
  ...forNames(
    "helm helmfile",
    verbRule({
      short: "nfoel",
      long: "--namespace --values --set --kube-context --output --version --repo --selector --environment",
      verbs: {
        read: "list, ls, status, get values, get all, get manifest, get notes, get hooks, history, search, show, template, lint, version, env, help, repo list, dependency list, diff, verify, plugin list, write-values",
        "install-project":
          "repo update, dependency update, dependency build, dep update, dep build, pull, fetch, create, package, deps, init",
        publish: "push, registry login",
      },
      other: "infrastructure",
    }),
  ),
  ...forNames("kubectx kubens", ({ shell, args, name }) => {
    if (args.length > 0 && !args[0]?.startsWith("-"))
      shell.report("infrastructure", `turns to another cluster: ${shown([name, ...args].join(" "))}`)
  }),
  ...forNames(
    "k9s stern kubeval kubeconform kube-linter kustomize skopeo-inspect dive hadolint kube-score polaris kubent popeye",
    () => undefined,
  ),
  ...forNames(
    "minikube kind k3d microk8s colima lima limactl vagrant multipass",
    verbRule({
      short: "np",
      long: "--name --profile --driver",
      verbs: {
        read: "status, list, get, version, ip, logs, ls, ssh-config, global-status, docker-env, profile list, service list, config view, info, help",
        container:
          "start, stop, up, halt, create, load, image, addons, create cluster, load docker-image, export, reload, suspend, resume, provision, dashboard, tunnel, service, kubectl, cluster create, cluster start, cluster stop, cluster list, pause, unpause",
      },
      other: "infrastructure",
    }),
  ),
  ...forNames(
    "buildah kaniko img ko skaffold tilt crane skopeo oras regctl cosign notation",
    verbRule({
      short: "fpt",
      long: "--file --tag --profile",
      verbs: {
        read: "images, inspect, ls, version, info, list-tags, manifest, config, digest, verify, diagnose, help",
        container: "bud, build, from, up, down, dev, render, ci, pull, export",
      },
      other: "publish",
    }),
  ),
  ...forNames(
    "lxc lxd incus virsh qemu-system-x86_64 VBoxManage systemd-nspawn ctr crictl runc",
    verbRule({
      verbs: { read: "list, ls, info, show, images, ps, logs, version, dominfo, inspect, stats, pods" },
      other: "privilege",
    }),
  ),
  ...forNames("act", ({ shell, args }) =>
    shell.report("container", `runs the project's workflows: ${shown(args.join(" "))}`),
  ),
}
