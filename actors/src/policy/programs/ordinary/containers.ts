const raw = String.raw

/** Containers and clusters: what a verb does is judged by its rule; here stand the options that are ordinary. */
export const containerTools = raw`
docker, podman, nerdctl = + -H: -c: -D -l: -v --host: --context: --debug --log-level: --version --help --connection:
  --url: --namespace: -n:
docker|podman|nerdctl run|create, docker|podman|nerdctl container run|create = + -d -i -t -a: -e: -h: -l: -m: -p: -P
  -q -u: -v: -w: -c: --detach --interactive --tty --attach: --rm --init --read-only --name: --env: --env-file:
  --publish: --publish-all --expose: --volume: --mount: --volumes-from: --workdir: --user: --network: --net:
  --network-alias: --net-alias: --ip: --ip6: --mac-address: --link: --dns: --dns-search: --dns-option: --dns-opt:
  --add-host: --hostname: --domainname: --entrypoint: --platform: --label: --label-file: --memory: --memory-swap:
  --memory-reservation: --memory-swappiness: --cpus: --cpu-shares: --cpu-period: --cpu-quota: --cpuset-cpus:
  --restart: --tmpfs: --shm-size: --ulimit: --gpus: --pull: --log-driver: --log-opt: --health-* --no-healthcheck
  --stop-signal: --stop-timeout: --security-opt: --cap-add: --cap-drop: --device: --privileged --pid~ --ipc: --uts:
  --userns: --cgroupns: --device-cgroup-rule: --pids-limit: --cidfile> --sig-proxy --detach-keys:
  --disable-content-trust --quiet --oom-kill-disable --oom-score-adj: --isolation: --storage-opt: --annotation:
  --group-add: --replace --pod: --arch: --os: --env-host~ --blkio-weight* --cpu-count: --cpu-percent:
  --cpuset-mems: --cpu-rt-*: --device-read-* --device-write-* --kernel-memory: --link-local-ip: --sysctl:
  --cpu-rt-period: --cpu-rt-runtime:
docker|podman|nerdctl exec, docker|podman|nerdctl container exec = + -d -e: -i -t -u: -w: --detach --detach-keys:
  --env: --env-file: --interactive --tty --user: --workdir: --privileged
docker|podman|nerdctl ps|images|logs|version|info|stats|top|port|diff|history|events|search|inspect|start|stop|
  restart|kill|pause|unpause|rename|attach|wait|rm|rmi|pull|push|tag|login|logout|commit|update = * -o: -H:
docker|podman|nerdctl container|image|volume|network|system|builder|context|manifest|plugin|pod|machine|secret|swarm|
  service|stack|node|trust|config|checkpoint ls|list|inspect|logs|top|stats|port|diff|history|df|info|events|prune|rm|
  remove|create|connect|disconnect|start|stop|restart|kill|pause|unpause|rename|attach|wait|pull|push|tag|ps|show|use|
  update|export|import|build|save|load|cp|commit|init|leave|join|scale|rollback|deploy|services|exists|reset|annotate
  = * -o> --output> --iidfile> --config-format: --opt: -d: --driver:
docker|podman|nerdctl build, docker|podman|nerdctl image build, docker|podman buildx build|b, docker builder build =
  -f< -t: -q -o> -m: -c: --file< --tag: --target: --build-arg: --build-context: --cache-from: --cache-to: --no-cache
  --no-cache-filter: --pull --quiet --progress: --platform: --label: --secret: --ssh~ --network: --add-host: --output>
  --load --push --rm --force-rm --squash --compress --iidfile> --metadata-file> --memory: --shm-size: --ulimit:
  --cpuset-cpus: --cpu-shares: --isolation: --security-opt: --disable-content-trust --builder: --provenance: --sbom:
  --attest: --annotation: --check --call: --print: --debug -D --layers --format: --ignorefile: --build-arg-file:
  --jobs: --allow: < --memory-swap: --cpu-period: --cpu-quota: --cpuset-mems:
docker buildx ls|inspect|du|version|create|use|rm|stop|prune|bake|imagetools|history = * --config< -f< --file<
  --driver-opt: --buildkitd-config< --buildkitd-flags~ --metadata-file>
docker|podman|nerdctl save|export|load|import = -i< -o> -q -c: -m: --input< --output> --quiet --change: --message:
  --platform: --format:
docker|podman|nerdctl cp = -a -L -q --archive --follow-link --quiet
docker scout|init|debug|desktop|model|sbom|extension|feedback|mcp|ai =
docker|podman|nerdctl compose, docker-compose, podman-compose = + -f< -p: -D --file< --project-name:
  --project-directory< --profile: --env-file: --ansi: --progress: --parallel: --compatibility --dry-run
  --all-resources --verbose --no-ansi --version -v --help -h
docker|podman|nerdctl compose up|down|start|stop|restart|ps|ls|logs|images|top|port|events|pause|unpause|create|kill|
  rm|pull|push|config|convert|version|watch|wait|stats|attach|scale|volumes|publish|cp|export|commit, docker-compose|
  podman-compose up|down|start|stop|restart|ps|ls|logs|images|top|port|events|pause|unpause|create|kill|rm|pull|push|
  config|convert|version|watch|wait|stats|attach|scale|volumes|publish|cp|help = * -o> --output> -n: -t: --scale:
  --tail: --since: --until: --timeout: --format: --index: --pull: --wait-timeout: --policy:
docker|podman|nerdctl compose build, docker-compose|podman-compose build = -q -m: --build-arg: --no-cache --pull
  --push --quiet --progress: --parallel --memory: --ssh: --builder: --with-dependencies --compress --force-rm --no-rm
  --check --print --provenance: --sbom:
docker|podman|nerdctl compose run, docker-compose|podman-compose run = + -d -e: -i -l: -p: -P -q -T -u: -v: -w:
  --build --detach --env: --env-from-file: --entrypoint: --interactive --label: --name: --no-TTY --no-deps --publish:
  --pull: --quiet --quiet-pull --quiet-build --remove-orphans --rm --service-ports --use-aliases --user: --volume:
  --workdir: --cap-add: --cap-drop:
docker|podman|nerdctl compose exec, docker-compose|podman-compose exec = + -d -e: -i -T -t -u: -w: --detach --env:
  --index: --interactive --no-TTY --privileged --user: --workdir:
kubectl, oc, k, microk8s.kubectl, k3s-kubectl = -n: -l: -o: -f: -c: -L: -A -w -R -k: -q -p -h -v* --namespace:
  --context: --cluster: --all-namespaces --selector: --field-selector: --output: --filename: --container: --recursive
  --kustomize: --watch --watch-only --output-watch-events --show-labels --show-kind --show-managed-fields
  --label-columns: --sort-by: --no-headers --chunk-size: --ignore-not-found --template: --subresource: --since:
  --since-time: --tail: --follow --timestamps --previous --prefix --all-containers --all-pods --max-log-requests:
  --limit-bytes: --pod-running-timeout: --containers --sum --use-protocol-buffers --api-version: --short --client
  --request-timeout: --dry-run: --dry-run --server-side --field-manager: --validate: --for: --timeout: --api-group:
  --namespaced --verbs: --cached --categories: --show-events --event-types: --types: --raw~ --minify --flatten --merge
  --as: --token: --as-group: --user: --server: --quiet --list --all --prune --force --grace-period: --replicas:
  --patch: --type: --image: --overrides: --revision: --to-revision: --warnings-as-errors --log-flush-frequency:
  --insecure-skip-tls-verify~ --kubeconfig< --address: --port: --disable-compression --help --version --stdin -i --tty
  -t --rm --restart: --env: --labels: --command --enable-helm --load-restrictor: --reorder: -- --server-print:
  --ignore-errors --v: --allow-missing-template-keys -s: --vmodule: --cascade: --force-conflicts --openapi-patch
  --overwrite --prune-allowlist: --wait
helm, helmfile = -n: -f< -o: -q -h -a -d -r -m: -s: -l: -e: --namespace: --kube-context: --kubeconfig< --debug
  --values< --set: --set-string: --set-file: --set-json: --set-literal: --output: --version: --repo: --devel
  --show-only: --include-crds --skip-tests --skip-crds --no-hooks --is-upgrade --name-template: --generate-name
  --release-name --validate --api-versions: --kube-version: --dependency-update --dry-run --strict --quiet
  --with-subcharts --all-namespaces -A --all --deployed --failed --pending --superseded --uninstalled --uninstalling
  --filter: --date --reverse --short --max: --offset: --time-format: --selector: --revision: --destination> --untar
  --untardir> --verify --prov --app-version: --starter: --output-dir> --regexp --versions --max-col-width:
  --list-repo-url --fail-on-no-result --no-headers --resources --description: --wait --timeout: --atomic --install
  --environment: --file< --skip-deps --args: --interactive --log-level: --color --no-color --detailed-exitcode
  --context: --suppress: --suppress-secrets --include-tests --allow-unreleased --three-way-merge --normalize-manifests
  --skip-refresh --keyring: --create-namespace --reuse-values --reset-values --force --cleanup-on-fail --history-max:
  --burst-limit: --qps: --render-subchart-notes --enable-dns
kustomize build|cfg|version|completion|create|edit|localize|fn = -o> --output> --load-restrictor: --enable-helm
  --helm-command~ --reorder: --enable-star --as-current-user --env: -e: --network~ --mount~ --autodetect --recursive
  --resources: --namespace: --nameprefix: --namesuffix: --labels: --annotations: --short
k9s, stern = @_any -n: -l: -A -c: -E: -e: -i: -t -o: -s: -l --context: --namespace: --readonly --tail: --since:
  --container: --exclude: --include: --selector: --all-namespaces --timestamps --template: --output: --no-follow
  --only-log-lines --command: --headless --logless --crumbsless
kubeval, kubeconform, kube-linter, kube-score, polaris, kubent, popeye, hadolint, dive, container-structure-test =
  @_any -c< -f< -o: -t: -n: -A -p -schema-location~ -ignore-missing-schemas -kubernetes-version: -summary -strict
  -skip: -exit-on-error -output: -reject: -verbose --ignore: --failure-threshold: --trusted-registry: --no-fail
  --require-label: --source: --ci-config< --image: --config< --audit-path: --only-show-failed-tests
  --set-exit-code-on-danger --do-not-auto-detect-config --format: --kubernetes-version: --ignore-test:
  --enable-optional-test: --schema-location~ --ignore-missing-schemas --skip-kinds: --strict
minikube, kind, k3d, colima, lima, limactl, vagrant, multipass = @_any -p: -n: -o: -f --driver: --cpus: --memory:
  --disk-size: --kubernetes-version: --nodes: --addons: --name: --config< --image: --wait: --kubeconfig> --profile:
  --url --alsologtostderr --cni: --container-runtime: --agents: --servers: -a: -s: --port: --volume: --api-port:
  --registry-create: --provision --no-provision --provider: --cpu: --disk: --arch: --vm-type: --mount-type: --runtime:
  --
skaffold, tilt, crane, skopeo, oras, regctl, cosign, buildah, kaniko, img, ko, notation = @_any -f< -t: -p: -m: -n:
  --port: --profile: --module: --namespace: --tag: --file< --cache-artifacts --default-repo: --build-artifacts: --raw
  --config --format: --platform: --tls-verify --no-tags --local --bare --base-import-paths --preserve-import-paths
  --layers --
act = -l -n -j: -W< -P: -e: -s: -q -v -w -b -r -g --list --dryrun --job: --workflows< --platform: --eventpath: --env:
  --env-file: --secret: --secret-file: --var: --var-file: --matrix: --quiet --verbose --watch --bind --reuse --rm
  --pull --no-* --graph --json --artifact-server-path> --container-architecture: --defaultbranch: --detect-event
  --input: --input-file: --use-gitignore --action-offline-mode --actor: --directory: -C: --version --validate --strict
`
