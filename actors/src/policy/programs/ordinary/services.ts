const raw = String.raw

/** Clouds, databases, editors, and the system itself: their rules judge what a call does. */
export const serviceTools = raw`
aws, gcloud, az, gsutil, bq, doctl, linode-cli, hcloud, oci, ibmcloud, aliyun, scw, exo, heroku, fly, flyctl, railway,
  render, openstack, eksctl, cf, nomad, consul = * --endpoint-url~ --no-verify-ssl~ --ca-bundle~
  --impersonate-service-account~ --access-token-file~ --api-endpoint-overrides~ --cli-input-json: --cli-input-yaml:
  --profile: --region: --output: --query: --project: --format: --filter: --filters: -n: -g: -o: --name: --zone:
  --account:
terraform, tofu, terragrunt = + -chdir< -version -v -h
terraform|tofu|terragrunt plan|validate|fmt|version|show|output|graph|providers|init|get|help|console|metadata|test|
  state|workspace|apply|destroy|import|refresh|taint|untaint|force-unlock|login|logout|modules|stacks|query|hclfmt|
  hcl|render-json|run-all|run|graph-dependencies|find|list = -no-color -json -raw -compact-warnings -detailed-exitcode
  -input -input: -lock -lock: -lock-timeout: -out> -parallelism: -refresh -refresh-only -replace: -state< -target:
  -var: -var-file< -upgrade -backend -backend-config< -get -lockfile: -test-directory< -check -diff -recursive -write
  -list -type: -draw-cycles -plan< -module-depth: -verbose -filter: -junit-xml> -cloud-run: -help -concise
  -generate-config-out> -scope: --terragrunt-non-interactive --terragrunt-log-level: --terragrunt-working-dir<
  --non-interactive --log-level: --working-dir< --all --queue-* --terragrunt-check --terragrunt-diff
  -no-tests -ignore-remote-version
tflint, tfsec, checkov, terrascan, infracost, terraform-docs, conftest, opa, trivy, grype, syft, snyk, semgrep,
  osv-scanner, cfn-lint, kics, bearer, dockle, ansible-lint, ansible-doc, ansible-inventory, ansible-config = @_any
  -d: -f: -c< -o> -s: -i: -p: -r< -t: -b -e: -l -x: -w -q -v -vv --chdir< --recursive --minimum-failure-severity:
  --force --enable-rule: --disable-rule: --only: --fix --init --exclude-* --include-* --soft-fail --severity:
  --minimum-severity: --tfvars-file: --framework: --directory: --file: --skip-check: --check: --compact --quiet
  --external-checks-dir< --download-external-modules --policy< --data: --namespace: --all-namespaces --combine
  --parser: --update~ --scanners: --security-checks: --vuln-type: --pkg-types: --ignore-unfixed --ignorefile:
  --skip-dirs: --skip-files: --skip-db-update --exit-code: --format: --template: --list-all-pkgs --severity-threshold:
  --all-projects --detection-depth: --json-file-output> --sarif-file-output> --org: --prune-repeated-subdependencies
  --exclude: --package-manager: --fail-on: --dev --add-cpes-if-none --scope: --metrics: --autofix --dryrun --error
  --lang: --pattern: --max-target-bytes: --timeout: --sarif --baseline-commit: --no-git-ignore --lockfile: --sbom:
  --offline --call-analysis: --experimental-* --path: --terraform-var-file: --usage-file: --compare-to: --show-skipped
  --fields: --out-file> --output-mode: --sort-by: --hide: --show: --header-from: --profile: --tags: --skip-list:
  --warn-list: --enable-list: --project-dir: --list --graph --host: --vars --playbook-dir: --inventory: --export
  --yaml --toml --type: --metadata-dump --snippet --syntax-check
ansible, ansible-playbook, ansible-galaxy = -i: -l: -e: -t: -v -vv -vvv -C -D -f: -b -K -k -u: -m: -a: -p> -r:
  --inventory: --limit: --extra-vars: --tags: --skip-tags: --syntax-check --list-tasks --list-hosts --list-tags
  --check --diff --forks: --become --verbose --roles-path> --role-file: --collections-path> --force --version
  --start-at-task: --step --flush-cache --ask-become-pass --user: --connection: --vault-id~ --offline --upgrade
  --no-deps -h --become-method: --become-user: -T: --timeout: -c: --private-key@ --key-file@ --force-handlers -M<
  --module-path< --inventory-file< --ask-pass --ask-vault-pass --ask-vault-password -J --vault-password-file<
  --vault-pass-file< --become-password-file@ --start-at:
pulumi, cdk, cdktf, sam, serverless, sls, copilot, eb, vercel, netlify, wrangler, firebase, supabase, surge, gh-pages,
  now, amplify, eas, fastlane, kamal, packer, argocd, flux, istioctl, linkerd, velero, vault = @_any -s: -c: -t: -f:
  -C< -a: -p: -e: -r: -o> -n: -l -i -b -u -A --stack: --cwd< --diff --json --refresh --non-interactive --parallel:
  --target: --replace: --expect-no-changes --show-* --show-secrets~ --suppress-* --app~ --context: --profile: --quiet
  --output> --strict --no-* --debug --notices --version-reporting --path-metadata --asset-metadata --staging --lookups
  --template< --template-file< --config-file< --parameter-overrides: --event: --port: --host: --env-vars: --region:
  --cached --use-container --build-dir> --cache-dir> --base-dir: --stage: --config< --package> --local --remote~
  --persist-to: --ip: --inspector-port: --var: --define: --env: --test-scheduled --live-reload --only: --import:
  --export-on-exit: --inspect-functions --project: --token~ --schema: --lang: --linked --db-url: --table: --dir:
  --functions: --offline --live --edge-functions: --cors --listen: --prod --yes --confirm --var-file<
  --syntax-only --evaluate-datasources --machine-readable --upgrade --namespace: --all-namespaces --selector:
  --hard-refresh --app-namespace: --grpc-web --plaintext --server: --revision: --local: --istioNamespace:
  --output-threshold: --failure-threshold: --color --recursive --kind: --path: --watch
psql, pgcli = -a -A -b -c: -d: -e -E -f: -F: -h: -H -l -L> -n -o> -p: -P: -q -R: -s -S -t -T: -U: -v: -V -w -W -x -X
  -z -0 -1 -? --echo-* --no-* --command: --dbname: --file: --field-separator: --host: --html --list --log-file>
  --output> --port: --pset: --quiet --record-separator: --single-* --tuples-only --table-attr: --username: --set:
  --variable: --version --expanded --csv --help --less-chatty --row-limit: --auto-vertical-output --warn --password
  --field-separator-zero --record-separator-zero
mysql, mariadb, mycli, mysqladmin = -e: -h: -u: -p* -P: -D: -S: -B -N -s -t -E -H -X -r -v -w -q -n -A -f -L -G -b -c
  -C -i: -o -T -U -V --execute: --host: --user: --password* --port: --database: --socket: --batch --silent --table
  --vertical --html --xml --raw --verbose --wait --quick --skip-* --force --default-character-set: --protocol: --ssl*
  --connect-timeout: --column-names --safe-updates --local-infile~ --tee> --pager~ --init-command: --comments
  --compress --max-allowed-packet: --version --help --no-* --delimiter: --show-warnings --line-numbers --binary-mode
  --defaults-file~ --login-path: -I --abort-source-on-error --auto-rehash --disable-auto-rehash --auto-vertical-output
  --column-type-info -m --debug-info --enable-cleartext-plugin --ignore-spaces --max-join-size: --named-commands
  --net-buffer-length: --one-database --pipe -W --print-defaults --progress-reports --prompt: --reconnect
  --i-am-a-dummy --secure-auth --select-limit: --sigint-ignore --unbuffered --plugin-dir~ --default-auth~
  --defaults-extra-file~
sqlite3, sqlite, litecli, duckdb, sqlite-utils = -cmd: -init< -batch -bail -box -column -csv -json -jsonlines -line
  -list -markdown -table -tabs -html -quote -ascii -header -noheader -headers -echo -readonly -interactive -separator:
  -newline: -nullvalue: -version -help -safe -stats -memtrace -mmap: -vfs~ -deserialize -append~ -archive~ -A~ -zip~
  -unsafe-testing~ -unsigned~ -no-init -ui~ -c: -s: -f: -t --table --csv --nl --json-cols --fmt: --no-headers --header
  --readonly --tsv -h --param --analyze --pk: --ignore --replace --upsert --alter --detect-types --batch-size:
  --not-null: --default: --load-extension~ -maxsize: -nofollow
redis-cli, valkey-cli, keydb-cli, iredis = + -h: -p: -a: -n: -u: -r: -i: -s: -d: -x -X: -c -e -2 -3 --user: --pass:
  --askpass --uri: --raw --no-raw --quoted-input --csv --json --quoted-json --show-pushes: --stat --latency*
  --intrinsic-latency: --bigkeys --memkeys* --hotkeys --scan --pattern: --count: --quoted-pattern: --no-auth-warning
  --verbose --tls --cacert: --insecure --sni: --version --help --lru-test: --rdb> --pipe --cluster: --newline
  --rainbow
mongosh, mongo = --eval: --quiet --host: --port: -u: -p: -h: --username: --password: --authenticationDatabase: --json*
  --norc --nodb --shell --tls* --ssl --file< -f< --apiVersion: --verbose --version --help --retryWrites --json
pg_dump, pg_dumpall, mysqldump, mariadb-dump, mongodump, mongoexport = -h: -p: -U: -d: -f> -F: -t: -T: -n: -N: -s -a
  -c -C -O -x -v -w -W -Z: -j: -b -B -E: -u: -P: -o> -q: -r> --host: --port: --username: --dbname: --file> --format:
  --table: --exclude-table* --schema: --exclude-schema: --schema-only --data-only --clean --create --if-exists --no-*
  --verbose --compress: --jobs: --inserts --column-inserts --section: --snapshot: --encoding: --quote-all-identifiers
  --serializable-deferrable --blobs --large-objects --rows-per-insert: --on-conflict-do-nothing --disable-* --user:
  --password* -p* --databases --single-transaction --routines --triggers --events --skip-* --quick --lock-tables
  --add-* --result-file> --default-character-set: --hex-blob --set-gtid-purged: --column-statistics --where:
  --ignore-table: --extended-insert --complete-insert --compact --db: --collection: --out> --archive> --gzip --query:
  --queryFile: --uri: --authenticationDatabase: --quiet --fields: --type: --jsonArray --pretty --sort: --limit:
  --skip: --forceTableScan --numParallelCollections: --excludeCollection: --readPreference: -e: --extension: -R -S:
  --superuser: --include-foreign-data: -V --binary-upgrade --attribute-inserts --enable-row-security
  --extra-float-digits: --load-via-partition-root --lock-wait-timeout: --strict-names --use-set-session-authorization
  --role: -X
createdb, createuser, initdb, pg_ctl, postgres, mysqld, mongod, redis-server, pg_isready, pgbench, redis-benchmark =
  @_any -h: -p: -U: -O: -E: -T: -D: -e -w -W -t: -l> -s -o: -m: -A: -N -k -d: -q -c: -i -j: -S -n: -r: --owner:
  --encoding: --locale: --template: --host: --port: --username: --pgdata: --auth: --no-* --dbpath: --logpath>
  --replSet: --bind_ip: --save: --appendonly: --maxmemory: --requirepass: --daemonize: --dir: --scale: --client:
  --time: --transactions: --initialize --progress:
sqlcmd, isql, sqlplus, usql, cqlsh, clickhouse-client, snowsql, trino, presto = -q: -Q: -e: -S: -U: -P: -d: -i: -f:
  -h: -C -E -N -G -b -t: -W -s: -w: -y: -Y: -m: -V: -o> -u: -p: --query: --execute: --host: --user: --password:
  --database: --queries-file: --format: --port: --multiquery --secure --output-format: --server: --catalog: --schema:
  --file: --debug --color --no-color --request-timeout:
prisma, prisma generate|validate|format|init|version|studio|migrate|db|introspect|platform|mcp|debug = @_any --schema<
  --name: -n: --create-only --skip-generate --skip-seed --force --watch --generator: --no-engine --no-hints
  --data-proxy --accelerate --sql --allow-no-models --port: -p: --browser: --print --datasource-provider: --url~
  --from-* --to-* --shadow-database-url~ --script --exit-code --applied: --rolled-back: --stdin --file:
knex, sequelize, sequelize-cli, typeorm, drizzle-kit, dbmate, goose, migrate, sqlx, diesel, atlas, sqitch, mikro-orm,
  flyway, liquibase, wp, drush, console, symfony = @_any -x: -d< -s: -n: -e: -o -a -p: -u~ -c< -D: -m: -v: --knexfile<
  --esm --env: --stub: --timestamp-filename-prefix --specific: --migrations-path: --models-path: --seeders-path:
  --seed: --name: --attributes: --options-path: --dataSource< --pretty --outputJs --transaction: --dialect: --schema<
  --out> --custom --strict --verbose --url~ --migrations-dir: --schema-file> --no-dump-schema --wait --wait-timeout:
  -dir: -table: -source: -path: -database~ -ext: -seq -verbose --source: --database-url~ --ignore-missing --workspace
  --check --prepare --dry-run --target-version: --migration-dir: --locked-schema --config-file< --to: --from:
  --dev-url~ --dir: --format: --latest: --note: --requires: --change: --plan-file: -configFiles< -locations: -url~
  -cherryPick: -target: -outputType: --changelog-file: --defaults-file< --fields: --post_type: --field: --status:
  --allow-root --skip-* --user: --root: --uri~ --yes --no-interaction --no-debug --if-not-exists --all-or-nothing
  --query-time --allow-no-migration --formatted --pages: --regenerate --with-* --no-*
vim, vi, nvim, view, vimdiff, rvim, rview = -R -n -O* -o* -p* -d -e -E -es -Es -b -m -M -N -y -Z -h -v -V* -r -T:
  -i: -u< -c: -S: -x -A -H -L -D -g -f --noplugin --clean --version --help --not-a-term --startuptime> --cmd:
  --headless --embed~ --remote --remote-silent --remote-tab --servername: --nofork --literal -q: -C -F -w> -W> -X
  --serverlist
ex = @vim -s
ed = -s -v -r -E -p: -l --quiet --prompt: --restricted --verbose -G --traditional --loose-exit-status -q
  --strip-trailing-cr --extended-regexp --silent --script
emacs, emacsclient = -nw -Q -q -n -c -t -a! -h --no-* --quick --version --help --daemon --create-frame --tty
  --alternate-editor! --batch -batch --eval: -e: -f: -l:
nano, pico, micro, joe, helix, hx, kak, mcedit = -l -i -w -m -E -T: -A -v -B -S -c -n -R -$ -V -K: --line* --no-*
  --readonly --view --version --help --softwrap --autoindent --tabsize: --mouse --vsplit --hsplit --health --grammar~
  -clean -options -d -ui: -p: +*
code, subl, nvim-qt, cursor, zed, idea = -r -n -w -g -d -a -b -v -h -s --wait --goto --diff --merge --add --new-window
  --reuse-window --list-extensions --show-versions --version --help --disable-extensions --status --background --line:
  --column:
systemctl = * -H~ --host~ -M~ --machine~ --root~
service, loginctl, crontab, at, mount, umount, iptables, ip, ifconfig, route, sysctl, nft, ufw, firewall-cmd, arp,
  ethtool, iw, iwconfig, auditctl, sudo, su, doas, chroot, nsenter, unshare = *
hostname, hostnamectl, dpkg, dpkg-query, apt, apt-get, apt-cache, apt-file, apt-config, aptitude, dnf, yum, zypper,
  pacman, apk, brew, port, snap, flatpak, getent, ssh-keygen, ssh-agent, ssh-add = *
rpm = * --pipe~ --eval~ -E~ --define~ -D~ --root~ --macros~ --rcfile~ --load~ --dbpath~
rake = -f< -r< -I< -R< -T -P -W* -D -A -N -j: -m -n -q -s -t -v -X -G -g~ --rakefile< --require< --libdir<
  --rakelibdir< --tasks --prereqs --trace --dry-run --quiet --silent --verbose --describe --all --jobs: --multitask
  --rules --backtrace --version
fuser = -v -n: -u -m -4 -6 -a -s -l -k -i -TERM -INT -HUP -KILL -9 -15
lsattr, getfacl = *
xclip, xsel, pbcopy, pbpaste, wl-copy, wl-paste = -i -o -b -p -s -selection: -sel: -in -out -target: -loops: -quiet -n
  -t: --input --output --clipboard --primary --append --clear --trim-newline
open, xdg-open = -a~ -b~ -e -t -f -W -R -n -g -j -h -F --args~ --reveal --wait-apps --new --background
gpg, gpg2 = * --keyserver: --options~ --photo-viewer~ --exec-path~ --agent-program~ --dirmngr-program~
  --pinentry-mode: --load-extension~ --homedir< -o> --output> -r: -u: --status-file> --logger-file> --attribute-file>
gpgconf, gpg-connect-agent =
pm2, forever, overmind, foreman, hivemind, supervisord = + @_any -i: -n: -f -w -e> -o> -l> -a -c: -p: -m: -t: -N:
  --name: --watch --ignore-watch: --instances: --interpreter~ --interpreter-args: --node-args: --max-memory-restart:
  --log> --output> --error> --merge-logs --time --no-daemon --no-autorestart --only: --update-env --env: --lines:
  --raw --json --attach --cron~ --procfile< --formation: --port: --root: --title: --daemonize --socket: --any-can-die
  --quit-if-dies --spinSleepTime: --minUptime: --uid: --append --plain --
nix, nix-shell, nix-build, nix-instantiate = -p: -A: -I~ -E: -c: -f< -o> -j: -k -K -L -v -Q -i: --pure --run:
  --command: --packages: --attr: --expr: --argstr --arg --keep: --no-* --show-trace --impure --json --refresh
  --offline --print-build-logs --override-input~ --update-input: --inputs-from: --all-systems --accept-flake-config~
  --extra-experimental-features: --experimental-features: --out-link> --dry-run --check --rebuild --fallback
  --keep-going --keep-failed --max-jobs: --cores: --system: --option~ --substituters~ --eval --strict --parse --raw
  --apply: --allow-import-from-derivation --commit-lock-file --recreate-lock-file --quiet --verbose --file<
  --derivation --profile> --ignore-environment --unset: --
claude, codex, opencode, aider, gemini, cursor-agent, goose, amp, cline, copilot-cli, qwen, kimi = *
`
