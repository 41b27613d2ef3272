import type { ActionClass } from "@maillm/schema/Policy"
import { writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import type { Programs, Rule } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames, verbRule } from "../verbs.ts"

const looking =
  /^(describe|list|get|ls|show|help|view|search|lookup|head|estimate|validate|preview|check|status|info|version|whoami|logs|tail|filter-log-events|simulate|detect|scan|batch-get|wait|plan|diff|read|explain|query|select|test|download-db-snapshot|presign-x)(-[\w-]+)?$/
const secret =
  /secret|password|access-?key|token|credential|private-?key|with-decryption|kms.*decrypt|\bkeys?\b.*\blist\b|connection-string|login-profile|ssh-key|get-session|assume-role|print-access|application-default|configure export|listkeys|kubeconfig|get-credentials|get-login|keyvault secret|appsettings|app-settings|config:get|heroku config|^config( |$)(?!.*(list|get-value|get-contexts|set ))|user-?data|generate-sas|get-authorization|get-function-configuration|config-helper/i

/** Command lines of clouds: the verb is one of the words; all that does not plainly look is taken as a change. */
const cloud: Rule = ({ shell, args, name }) => {
  const { rest } = parseOptions(args, {
    short: "gnos",
    long: "--region --profile --output --query --project --zone --subscription --resource-group --name --format --filter --filters --endpoint-url --account --cluster --instance-ids --bucket --key --stack-name --log-group-name --function-name --max-items --id --ids --app --remote --org --site --limit",
  })
  const text = shown([name, ...args].join(" "))
  if (rest.length === 0 || asksForHelp(args) || rest[0] === "help") return
  if (
    secret.test(args.join(" ")) ||
    (/^(login|auth|configure|sso)$/.test(rest[0] ?? "") && !/list|get-value|status/.test(args.join(" ")))
  )
    return shell.report("credentials", `handles secrets of the cloud: ${text}`)
  const service = rest[0] ?? ""
  if (
    name === "aws" &&
    (service === "s3" || service === "s3api") &&
    !/^(ls|list|head|get-bucket)/.test(rest[1] ?? "")
  ) {
    if (/^(cp|sync|get-object)$/.test(rest[1] ?? "") && !args.includes("--delete")) {
      const target = rest.at(-1) ?? ""
      if (!target.startsWith("s3://")) writesFile(shell, target)
      return shell.report("network-egress", `copies files to or from the cloud: ${text}`)
    }
    return shell.report("infrastructure", `changes or deletes files of the cloud: ${text}`)
  }
  const verbs = rest.slice(name === "heroku" || name === "fly" || name === "flyctl" ? 0 : 1)
  const looks =
    (verbs.length === 0 ? rest : verbs).some((word) => looking.test(word)) ||
    (/^(heroku|fly|flyctl|vercel|netlify|railway|wrangler|supabase|firebase)$/.test(name) &&
      looking.test((rest[0] ?? "").split(":").at(-1) ?? ""))
  // The service itself may be called as a verb: `gcloud run services list`.
  const besides = verbs.length < rest.length ? args.filter((word) => word !== service) : args
  const changesToo = besides.some((word) =>
    /^(delete|remove|rm|destroy|terminate|create|update|put|set|deploy|apply|purge|stop|reboot|reset|detach|attach|modify|deregister|revoke|authorize|rb|rollback|import|restore|add|ssh|exec|scale|run|invoke|publish|send|call|move|mv|cp|copy|start|resume|suspend|pause|promote|failover|switch|swap|sync|clone|rename|enable|disable|cancel|abort|deallocate|redeploy|regenerate|rotate|renew|restart|resize|grant|deny|approve|reject|accept|register|untag|unlink|upload|submit|trigger|execute|undeploy|install|uninstall|upgrade|drain|kill|wipe|flush|invalidate|encrypt|share|lock|unlock|associate|disassociate|allocate|release|assign|unassign|subscribe|replace|patch|edit|migrate|undelete|recover|retry|rerun|power-\w+|turn-\w+|batch-(delete|write|put|update|create)|bulk-\w+|admin-\w+|connect|tunnel|console|proxy)([-:]|$)/.test(
      word,
    ),
  )
  if (looks && !changesToo) return
  return shell.report("infrastructure", `changes or deletes what runs in the cloud: ${text}`)
}

const terraform: Rule = (call) => {
  const { shell, args, name } = call
  const words = args.filter((arg) => !arg.startsWith("-"))
  const text = shown([name, ...args].join(" "))
  const [verb = "", second = ""] = words
  if (verb === "state" && /^(list|show)$/.test(second)) return
  if (verb === "workspace" && /^(list|show|select)$/.test(second)) return
  if (verb === "run-all") return shell.report("infrastructure", `changes or destroys infrastructure: ${text}`)
  if (
    verb === "init" &&
    args.some((arg) => /^--?(migrate-state|force-copy|reconfigure|plugin-dir|from-module)/.test(arg))
  )
    return shell.report("infrastructure", `changes where the state lies, or what is run: ${text}`)
  // It computes; what it may read of files and of the state is named in it.
  if (
    verb === "console" &&
    call.input !== undefined &&
    !/\b(file\w*|templatefile|sensitive|nonsensitive|data|pathexpand|var|module)\b|["'][/~]|\u0000/.test(
      call.input.text,
    )
  )
    return
  if (verb === "plan" && args.includes("-out"))
    return shell.report("workspace-write", `writes a plan: ${text}`)
  if (
    /^(plan|validate|fmt|version|show|output|graph|providers|init|get|help|console-x|hclfmt|render-json|metadata|test|)$/.test(
      verb,
    )
  )
    return shell.report(
      verb === "output" && args.some((arg) => /^--?(raw|json)$/.test(arg)) ? "credentials" : "read",
      `only looks: ${text}`,
    )
  return shell.report("infrastructure", `changes or destroys infrastructure: ${text}`)
}

const ansible: Rule = (call) => {
  const { shell, args, name } = call
  const text = shown([name, ...args].join(" "))
  if (
    args.some((arg) => /^--(syntax-check|list-\w+|version|help|check)$/.test(arg)) ||
    /^ansible-(lint|doc|inventory|config)$/.test(name)
  )
    return
  const { valuesOf } = parseOptions(args, {
    short: "mabiefu",
    long: "--args --module-name --inventory --extra-vars",
  })
  for (const script of valuesOf("-a", "--args")) if (!/^\w+=/.test(script)) shell.runText(script)
  if (name === "ansible-vault") shell.report("credentials", `handles secrets: ${text}`)
  else
    shell.report(
      name === "ansible-galaxy" ? "install-project" : "infrastructure",
      `changes other machines: ${text}`,
    )
}

const deployer =
  (name: ActionClass, reason: string, looks: RegExp): Rule =>
  ({ shell, args, name: program }) => {
    const text = shown([program, ...args].join(" "))
    if (asksForHelp(args) || looks.test(args.join(" ")))
      shell.report("project-script", `works on the project: ${text}`)
    else shell.report(name, `${reason}: ${text}`)
  }

export const clouds: Programs = {
  ...forNames(
    "aws gcloud az gsutil bq doctl linode-cli hcloud oci ibmcloud aliyun tccli scw exo ovh heroku fly flyctl railway render openstack eksctl gcloud-beta aws-vault saml2aws cf nomad consul",
    cloud,
  ),
  ...forNames("terraform tofu terragrunt", terraform),
  ...forNames(
    "ansible ansible-playbook ansible-galaxy ansible-vault ansible-lint ansible-doc ansible-inventory ansible-config ansible-pull",
    ansible,
  ),
  ...forNames(
    "pulumi cdk cdktf sam serverless sls copilot eb",
    deployer(
      "infrastructure",
      "changes or destroys infrastructure",
      /^(preview|stack( ls| output| history|$)|version|synth|ls|list|diff|validate|build|local|init|package|offline|logs|status|about|whoami|watch-x|doctor|print|info)\b(?!.*--show-secrets)/,
    ),
  ),
  ...forNames(
    "vercel netlify wrangler firebase supabase surge gh-pages now amplify appcenter expo-x eas fastlane capistrano cap mina dokku kamal",
    deployer(
      "infrastructure",
      "publishes or changes what runs for others",
      /^(dev|build|ls|list|logs|inspect|whoami|types|status|emulators:\w+|serve|init|functions serve|gen types|db diff|start|stop|versions list|pages dev|d1 migrations list|open|sync|copy|doctor)\b/,
    ),
  ),
  ...forNames(
    "vault",
    verbRule({
      short: "",
      verbs: { read: "status, version, list, auth list, secrets list, policy list, token lookup" },
      other: "credentials",
    }),
  ),
  ...forNames(
    "packer",
    verbRule({
      verbs: { read: "validate, fmt, inspect, version", "install-project": "init" },
      other: "infrastructure",
    }),
  ),
  ...forNames(
    "argocd flux istioctl linkerd velero rancher kops kubeadm talosctl eksctl waypoint boundary spinnaker",
    verbRule({
      verbs: {
        read: "version, get, list, ls, describe, diff, logs, app list, app get, app diff, check, analyze, stat, proxy-status, validate, export",
      },
      other: "infrastructure",
    }),
  ),
  ...forNames(
    "tflint tfsec checkov terrascan infracost terraform-docs conftest opa cfn-lint trivy grype syft snyk semgrep bandit safety pip-audit osv-scanner",
    ({ shell, args, name }) => {
      if (/^(auth|login|monitor|publish)$/.test(args[0] ?? ""))
        shell.report("credentials", `handles secrets: ${shown([name, ...args].join(" "))}`)
    },
  ),
}
