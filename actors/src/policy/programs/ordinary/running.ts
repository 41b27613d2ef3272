const raw = String.raw

/** Programs that run others; what they run is judged in their place. */
export const runners = raw`
env, cross-env = + -i -u: -C: -0 -S: -v --ignore-environment --unset: --chdir: --null --split-string: --debug
  --block-signal --default-signal --ignore-signal
timeout, gtimeout = + -k: -s: -f -v -p --foreground --preserve-status --kill-after: --signal: --verbose
nice, nohup, setsid, stdbuf, time, ionice, unbuffer, chronic, caffeinate, catchsegv, winpty = + -n: --adjustment: -i:
  -o: -e: --input: --output: --error: -w --wait -v -l -h -d -s
setsid = + -w --wait -f --fork -c --ctty
time = + -p -v -l -f: -o> -a -q --format: --output> --append --portability --verbose --quiet
ionice = + -c: -n: -t --class: --classdata: --ignore
chrt = + -b -i -o -m -v --batch --idle --other --max --verbose
taskset = + -c -a --cpu-list --all-tasks
faketime = + -f: -m --exclude-monotonic
xvfb-run, dbus-run-session = + -a -s: -n: -e> -w: -l --auto-servernum --server-args: --server-num: --error-file>
  --wait: --listen-tcp --
arch, setarch, prlimit, rtk, busybox, toybox = + -x86_64 -arm64 -R -i -s -v --nproc: --nofile: --as: --core: --cpu:
  --data: --fsize: --memlock: --stack: --rss:
strace = + -f -ff -e: -o> -s: -t -tt -ttt -T -c -C -y -yy -v -x -xx -q -qq -i -k -r -S: -z -Z -A -a: -w -P: -I: -X:
  -O: --trace: --output> --follow-forks --summary-only --summary --string-limit: --stack-traces --decode-fds
  --timestamps --relative-timestamps --syscall-times --quiet --verbose --columns: --trace-path: --status: --abbrev:
  --decode-pids: --summary-* --const-print-style: --output-separately --absolute-timestamps --successful-only
  --failed-only --help --version -V --raw: --read: --write: --silent* --silence* -n --syscall-number
  --output-append-mode --no-abbrev --strings-in-hex* --pidns-translation -Y --kvm: --instruction-pointer -d --debug
  --seccomp-bpf --tips* -h -b: --detach-on: --interruptible: --inject: --fault: -U: --stack-trace-* --argv0:
  --always-show-pid
ltrace = + -f -e: -o> -s: -t -tt -ttt -T -c -C -S -i -r -n: -a: -x: -A: -w: -b -L --output> --library: --indent:
  --demangle --align: --no-signals -D: --debug: -F< --config< -l: --where: --no-plt
valgrind = + -q -v -s -d --tool: --leak-check: --show-leak-kinds: --show-reachable: --track-origins: --error-exitcode:
  --log-file> --xml --xml-file> --suppressions< --gen-suppressions: --num-callers: --trace-children:
  --child-silent-after-fork: --callgrind-out-file> --cachegrind-out-file> --massif-out-file> --dhat-out-file>
  --collect-* --cache-sim: --branch-sim: --dump-* --toggle-collect: --instr-atstart: --time-unit: --detailed-freq:
  --max-snapshots: --stacks: --heap: --depth: --undef-value-errors: --partial-loads-ok: --keep-stacktraces:
  --freelist-vol: --errors-for-leak-kinds: --verbose --quiet --track-fds: --time-stamp: --read-var-info: --fair-sched:
  --main-stacksize: --max-stackframe: --redzone-size: --malloc-fill: --free-fill: --history-level: --check-stack-refs:
  --I1: --D1: --LL: --fullpath-after: --demangle: --exit-on-first-error: --error-limit: --sigill-diagnostics:
  --show-error-list: --merge-recursive-frames: --keep-debuginfo: --expensive-definedness-checks: --vgdb* --log-fd:
  --log-socket~ --xml-socket~ --xml-fd: --xml-user-comment: --unw-* --error-markers: --extra-debuginfo-path<
  --debuginfo-server~ --allow-mismatched-debuginfo: --input-fd: --dsymutil: --max-threads: --alignment: --smc-check:
  --read-inline-info: --run-* --sim-hints: --kernel-variant: --num-transtab* --avg-* --stats* --aspace-minaddr:
  --valgrind-stacksize: --require-text-symbol: --soname-synonyms: --progress-interval: --trace-* --show-* --leak-*
  --xtree-* --xtree-memory-file> --xtree-leak-file> --keep-* --ignore-* --workaround-* --check-* --segment-* --track-*
  --join-* --first-* --exclusive-* --shared-* --report-* --conflict-* --delta-* --free-* --heap-* --pages-as-heap:
  --alloc-fn: --ignore-fn: --threshold: --peak-* --bb-out-file> --pc-out-file> --interval-size: --instr-*
  --basic-counts: --detailed-counts: --fnname: --compress-* --combine-dumps: --zero-before: --help-debug --mode:
  --allow-* --separate-* --show-below-main:
perf stat = + -e: -r: -d -a -B -v -x: -o> -C: -I: -A -n -S -D: -M: --event: --repeat: --detailed --all-cpus --output>
  --field-separator: --null --append --json -j --no-big-num --metrics: --topdown --per-core --per-socket --timeout:
perf record = + -e: -F: -g -a -o> -c: -C: -v -q -b -z -d -D: -s -T -W -k: -j: --call-graph: --event: --freq:
  --all-cpus --output> --count: --delay: --no-inherit --aio --stat --timestamp --switch-events --quiet --verbose
  --max-size: --duration: --data --weight --branch-any --no-buildid --no-buildid-cache
perf report|annotate|diff|list|top|bench|version|evlist = * -o> --output> --objdump~ --addr2line~ --symfs: -i:
  --input:
perf script = -i: --input: -F: --fields: -D -v -f --header --header-only --comms: --pid: --tid: --time: --max-stack:
  --no-* -G --hide-call-graph -C: --cpu: --show-* --ns
gdb, lldb = -q -nx -batch -quiet -silent -n --batch --quiet --args$ -args$ -ex: --ex: -tui --tui -o: -b -d:
  -directory: -s: -e: -c: -core: --core: -p: --pid: -iex: --eval-command: --one-line: --nx --no-lldbinit --exec< --se<
  --symbols< --readnow --readnever --nh --fullname --interpreter: --nw -w --batch-silent --return-child-result
  --configuration --version -l: --cd< --data-directory< -D< -x< --command< -ix~ --init-command~
xargs, gxargs = + -0 -r -n: -P: -I: -i* -L: -l* -d: -t -p -s: -x -E: -e* -J: -R: -o --null --no-run-if-empty
  --max-args: --max-procs: --replace --max-lines --delimiter: --verbose --interactive --max-chars: --exit --eof
  --process-slot-var: --open-tty -a: --arg-file: --show-limits
parallel, sem = + -j: -P: -k -n: -N: -L: -X -m -q -0 -a: -C: -u -i* -I: -S: -t -v -d: -s: -U: -l* -D* --jobs:
  --max-procs: --keep-order --bar --progress --eta --dry-run --dryrun --colsep: --arg-file: --quote --null --tag
  --tagstring: --timeout: --retries: --joblog> --results> --halt: --ungroup --group --line-buffer --linebuffer --lb
  --will-cite --no-notice --max-args: --max-replace-args: --max-lines: --max-chars: --pipe --pipepart --block:
  --recstart: --recend: --shuf --header: --trim: --load: --memfree: --nice: --delay: --resume --resume-failed --id:
  --fg --bg --wait --semaphore --sshlogin: --link --xapply --round-robin --cat --fifo --files --compress
  --no-run-if-empty -r --plus --rpl~ --noswap --silent --verbose --no-keep-order --tmpdir: --delimiter: --termseq:
  --color --ctag --sqlmaster~ --compress-program! --decompress-program! --ssh~ --rsync-opts~ --sshloginfile~ --slf~
  --profile~ -J~ --template~ --tmpl~ --embed~ --shebang~ --shebang-wrap~ --sql~ --controlmaster~ -M~ --transferfile~
  --basefile~ --bf~ --return~ --trc~ --nonall~ --onall~ --csv --gnu --xargs --tty --tee --total-jobs: --plain
  --interactive -p --open-tty --tollef --halt-on-error: --group-by: --arg-sep: --arg-file-sep: --dirnamereplace:
  --dnr: --basenamereplace: --bnr: --bner: --replace* -E: -e* --eof* --latest-line --ll --output-as-files
  --outputasfiles --cleanup --color-failed --cf --ctagstring: --block-size: --block-timeout: --bt: --shard: --bin:
  --memsuspend: --show-limits --number-of-* --use-cores-instead-of-threads --use-sockets-instead-of-threads
  --record-env --regexp --remove-rec-sep --rrs --res> --round --semaphore-timeout: --semaphore-name: --st:
  --seqreplace: --skip-first-line --slotreplace: --jl> --process-slot-var: --parens: --retry-failed -h --spreadstdin
  --wd~ --workdir~ --combineexec: --limit~ --env:
flock = + -n -x -s -e -u -w: -E: -o -F -v --nonblock --nb --exclusive --shared --unlock --wait: --timeout:
  --conflict-exit-code: --close --no-fork --verbose
script = -q -a -f -e -t* -c: -O> -I> -B> -T> -o: -m: -E: --quiet --append --flush --return --command: --log-out>
  --log-in> --log-io> --log-timing> --output-limit: --echo: --force >
watch, entr = + -n: -d -t -g -e -c -x -b -p -w -q: -r -s -z -a --interval: --differences --no-title --chgexit
  --errexit --color --exec --beep --precise --no-wrap --equexit: --no-color --no-rerun
hyperfine = -w: -r: -m: -M: -N -i -L -P -D: -p! -s! -c! -n: -u: -S! -C! --warmup: --runs: --min-runs: --max-runs:
  --prepare! --setup! --cleanup! --conclude! --parameter-scan --parameter-list --parameter-step-size: --style:
  --shell: --ignore-failure --time-unit: --export-* --show-output --output: --input: --command-name: --sort:
  --reference: --min-benchmarking-time: --norc -h --reference-name: --min-*
onchange = -i -k -v -d: -j: -o: -f: -e: -a -w -p: --initial --kill --verbose --delay: --await-write-finish
  --exclude-path: --filter: --poll:
watchexec = + -e: -w: -i: -r -c -f: -s: -d: -n -N -q -1 -W: -o: -p -v --exts: --watch: --ignore: --restart --clear
  --filter: --shell: --debounce: --no-* --postpone --on-busy-update: --stop-signal: --signal: --notify --poll --quiet
  --timings --watch-non-recursive: --project-origin: --stop-timeout: --verbose --print-events
fakeroot, linux32, linux64 = + -l~ --lib~ --faked~ -u -b: -i: -s> -h -v --unknown-is-real --
ccache, sccache, distcc, emmake, emcmake = + -s -z -C -p -c -k: -o: -v -j --show-stats --zero-stats --clear --cleanup
  --show-config --stop-server --start-server --version --help
concurrently, npm-run-all, run-p, run-s = -n: -c: -k -p: -s: -l -r -g -m: -i -P -S --names: --prefix: --prefix-colors:
  --prefix-length: --timestamp-format: --success: --max-processes: --handle-input --default-input-target:
  --restart-tries: --restart-after: --kill-others --kill-others-on-fail --kill-signal: --raw --no-color --hide:
  --group --timings --parallel --sequential --serial --continue-on-error --print-label --print-name --silent --race
  --max-parallel: --aggregate-output --npm-path~ --pad-prefix --passthrough-arguments -t: --ks: --kill-timeout: -h -v
  -V --version --teardown! --shell~
env-cmd, dotenv, dotenvx run, dotenv run = + -e: -f: -c -o -v: -q --env: --env-file: --override --overload --quiet
  --silent --cascade --
direnv, mise, asdf, nvm, fnm, pyenv, rbenv, nodenv, volta, rustup = + @_any --
watchman watch|watch-list|watch-del|find|since|version|get-sockname = *
tmux, screen, zellij, byobu = *
kill, pkill, killall, killall5, skill, kill-port, fkill, tree-kill = *
python|python2|python3|pypy|pypy3|ipython|py = + -u -B -b -bb -d -E -I -i -O -OO -P -q -s -S -v -V -x -W: -X: -m$ -c$
  --version --help --pdb --no-banner --no-confirm-exit
node|nodejs|iojs|tsx|ts-node|ts-node-esm|ts-node-dev|zx|vite-node|swc-node|esno|jiti|babel-node = + -e: -p: -c -i -h
  -v -r< -C: -pe: -T -P< -O: -s --eval: --print: --check --interactive --help --version --require< --import< --loader<
  --experimental-loader< --env-file: --env-file-if-exists: --conditions: --test --test-* --experimental-* --no-*
  --enable-source-maps --trace-* --throw-deprecation --pending-deprecation --unhandled-rejections:
  --max-old-space-size: --max-semi-space-size: --max_old_space_size: --stack-size: --stack-trace-limit: --inspect
  --inspect-brk --inspect-port: --inspect-wait --prof --prof-process --cpu-prof --cpu-prof-dir> --cpu-prof-name:
  --cpu-prof-interval: --heap-prof --heap-prof-dir> --diagnostic-dir> --report-* --watch --watch-path:
  --watch-preserve-output --run: --input-type: --preserve-symlinks --preserve-symlinks-main --permission --allow-*
  --expose-gc --expose_gc --harmony* --use-system-ca --use-bundled-ca --use-openssl-ca --v8-options --completion-bash
  --frozen-intrinsics --icu-data-dir: --title: --tls-* --max-http-header-size: --dns-result-order:
  --abort-on-uncaught-exception --perf-* --secure-heap* --snapshot-blob: --build-snapshot --node-snapshot --jitless
  --single-threaded --strip-types --entry-url --project< --tsconfig< --transpile-only --transpileOnly --files --swc
  --esm --type-check --typeCheck --compiler-options: --ignore: --log-error --pretty --skip-project --emit --cwd<
  --cwd-mode --script --script-mode --respawn --rs --show-config --ignore-diagnostics: --prefer-ts-exts --clear-screen
  --include: --exclude: --config< -w --root< --disable-warning: --heap-prof-interval: --heap-prof-name:
  --heapsnapshot-signal: --openssl-legacy-provider --track-heap-objects --use-env-proxy --zero-fill-buffers
  --max-old-space-size-percentage: --v8-pool-size: --force-context-aware --interpreted-frames-native-stack
  --redirect-warnings> --disable-proto: --disable-wasm-trap-handler --disallow-code-generation-from-strings
  --enable-fips --force-fips --heapsnapshot-near-heap-limit: --inspect-publish-uid: --insecure-http-parser
  --napi-modules --node-memory-debug --use-largepages: --verify-base-objects --openssl-config~ --gc-interval:
  --stack_size: --predictable --max-lazy --optimize-for-size --security-revert~ --localstorage-file> --disable-sigusr1
  --network-family-autoselection* --report-uncaught-exception
perl = + -e: -E: -n -p -i* -l* -a -F: -w -W -c -d -D: -s -t -T -u -U -v -V* -x* -0* -I< -M: -m: -S -C* -f -h -g -X
ruby, jruby = + -e: -n -p -i* -l -a -F: -w -W* -c -r: -I< -s -S -v -x* -y -0* -C< -E: -U -T* -h -rubygems -J*
  --version --help --verbose --debug --disable* --enable* --encoding: --external-encoding: --yjit --jit --mjit
  --copyright --dump: --backtrace-limit: -K* -X< --internal-encoding: -d --yydebug --parser: --crash-report~
php, hhvm = + -r: -B: -R: -E: -F< -f< -l -m -i -v -h -a -q -s -w -n -c< -S: -t< -z<
  -d^memory_limit*,xdebug*,display_errors*,display_startup_errors*,error_reporting*,opcache*,max_execution_time*,date.timezone*,zend.*,short_open_tag*,pcov*,error_log*,assert.*,session.save_path*,phar.readonly*,upload_max_filesize*,post_max_size*,html_errors*,log_errors*,variables_order*
  --rf: --rc: --re: --rz: --ri: --ini --version --info --modules --syntax-check --run: --no-php-ini --php-ini<
  --docroot< --server: --interactive
lua|luajit = + -e: -l< -v -i -W -E -j: -b: -O* -
Rscript, R = + -e: -f< --vanilla --no-save --no-restore --no-init-file --no-environ --no-site-file --slave --quiet
  --silent -q --verbose --default-packages: --args --version --help --no-echo --encoding: --file< --interactive --save
  --restore
set, unset, export, declare, typeset, local, readonly, read, mapfile, readarray, cd, chdir, pushd, popd, pwd, eval,
  source, ., builtin, exec, command, trap, alias, unalias, history, fc, bind, test, [, [[, ulimit, enable, which,
  type, whereis, compgen, complete, shopt, umask, wait, jobs, bg, fg, disown, getopts, hash, times, let, dirs, help,
  printenv, return, exit, break, continue, shift, logout, suspend = *
bash, sh, dash, zsh, ksh, mksh, ash, fish = *
julia = + -e: -E: -p: -t: -O* -g* -i -q -h -v -L< --project< --threads: --startup-file: --optimize: --check-bounds:
  --color: --history-file: --inline: --depwarn: --compiled-modules: --code-coverage --track-allocation --banner:
  --eval: --print: --load< --procs: --machine-file: --heap-size-hint:
elixir, groovy, racket, guile, raku, octave, sbcl, tclsh, janet, erl, jshell = + @_any -e: --eval: -x: -q -ne: -le:
  -pe: -n: -noshell -noinput -s: -run: -eval: --no-gui --quiet --no-init-file --no-line-editing --norc
  --non-interactive --noinform --no-userinit --no-sysinit -r~ -S: -pa< -pz< -pr< --version
java = < + -cp< -classpath< --class-path< -p< --module-path< -jar$ -m$ --module$ -version --version -showversion -ea*
  -da* -esa -dsa -enableassertions* -Xms* -Xmx* -Xss* -Xmn* -Xint -Xcomp -Xmixed -Xlog* -Xshare* -Xverify* -Xcheck*
  -XX:+* -XX:-* -XX:Max* -XX:Min* -XX:Init* -XX:New* -XX:Survivor* -XX:Parallel* -XX:Conc* -XX:Metaspace*
  -XX:Reserved* -XX:Tiered* -XX:Active* -XX:G1* -XX:ZGC* -XX:CompressedClass* -XX:ThreadStack* -XX:HeapDumpPath>
  -XX:StartFlightRecording* -D* -verbose* --enable-preview --add-modules: --add-opens: --add-exports: --add-reads:
  --source: --list-modules --describe-module: --dry-run --validate-modules --show-module-resolution -h -? -help --help
  -X --enable-native-access: --illegal-access: --release: --limit-modules: --patch-module< --upgrade-module-path<
  --show-version -splash: -Xbatch -Xdiag -Xnoclassgc -Xrs -XshowSettings* -XstartOnFirstThread -Xfuture --help-extra
  -XX:Use* -XX:ErrorFile> -Xloggc> -XX:NativeMemoryTracking*
bun run|test|x|build|install|i|add|a|remove|rm|update|upgrade|outdated|link|unlink|pm|create|init|info|why|audit|
  patch|exec|dev|start|ci|publish = * --preload< -r< --require< --import< --registry: --config< -c< --outdir>
  --outfile> --shell~ --eval: -e: --global -g --env-file: --filter: --cwd<
deno = + -V -h -L: -q --version --help --log-level: --quiet --unstable* -A
deno run|test|bench|check|fmt|lint|task|doc|info|cache|compile|coverage|types|eval|repl|add|install|i|remove|outdated|
  vendor|init|serve|upgrade|completions|bundle|lsp|jupyter|clean|publish|deploy|uninstall|x|audit|approve-scripts = -A
  -R* -W* -N* -E* -S* -q -r -f -h -L: -c< -o> -I* -P -p -t: -D -n: --allow-* --deny-* --no-* --watch* --reload*
  --check* --config< --import-map: --lock* --frozen* --cached-only --quiet --unstable* --env-file: --env: --seed:
  --v8-flags: --inspect --inspect-brk --inspect-wait --location: --node-modules-dir* --vendor* --fix --check --ext:
  --ignore: --filter: --coverage* --fail-fast* --parallel --shuffle* --doc --permit-no-files --junit-path> --reporter:
  --output> --target: --include: --exclude: --json --rules --compact --rules-tags: --rules-include: --rules-exclude:
  --html --lint --name: --private --dev --entrypoint --recursive --latest --compatible --lcov --detailed --line-width:
  --indent-width: --single-quote --use-tabs --prose-wrap: --options-* --port: --host: --trace-leaks --clean --dry-run
  --global -g --root: --version: --eval --print --minify --platform: --sourcemap* --bundle --preload<
`
