const raw = String.raw

/** Compilers and build tools of C, C++, Rust, Go and their like. */
export const nativeTools = raw`
gcc, g++, cc, c++, clang, clang++, cpp, emcc, em++, nvcc, hipcc, icc, gfortran, ifort = -o> -c -S -E -g* -O* -W* -w
  -f* -fplugin~ -fplugin-arg* -fpass-plugin~ -m* -std* -pedantic* -ansi -D* -U* -I: -I* -L* -l: -l* -i* -x: -MF> -M*
  -P -C -CC -H -v -V -h -pipe -pthread -static* -shared* -rdynamic -r -s -n* -no* -no-pie -pie -p -pg -save-temps* -T:
  -t -d* -Q -Xlinker: -Xpreprocessor: -Xassembler: -isystem: -include: -idirafter: -iquote: -isysroot: --sysroot:
  -target: --target: -arch: -framework: -dynamiclib -install_name: -undefined: -current_version:
  -compatibility_version: -mllvm:
  -Xclang^-ast-*,-fsyntax-only,-dump-*,-analyze*,-fdump-*,-emit-*,-verify*,-disable-*,-fno-*,-femit-*,-mllvm,-O*,-std=*,-target-*,-print-*,-fcolor-*,-fdiagnostics-*,-code-completion-*,-fmodules*,-stack-*
  -wrapper~ -B~ -specs~ --specs~ -e: -u: -z: -Z -y -a* -b: -F* -J* -j* -k -q* -R* -### -print-* --print-* --version
  --help* -dumpmachine -dumpversion -dumpfullversion --coverage -emit-llvm -ObjC* -Rpass* -stdlib* -resource-dir*
  -fuse-ld< -ccbin~ -gencode: -Xcompiler: --verbose --show-* -analyze* --analyze -s* --expt-* --gpu-architecture:
  --std: --shared --no-entry --bind --pre-js~ --post-js~ --embed-file: --preload-file: -C: --zero-stats --output>
  --debug --compile --assemble --preprocess --param: --save-temps* --all-warnings --extra-warnings --no-* --assert:
  --comments --define-macro: --undefine-macro: --dependencies --imacros< --include-directory: --optimize* --pedantic*
  --profile --trace-includes --traditional-cpp --trigraphs --user-dependencies -A: --target-help --dumpbase:
  --dumpdir: -dumpbase: -dumpdir:
ld, ld.lld, lld, gold, mold = -o> -L* -l* -shared -static -r -s -S -e: -T: -m: -b: -n -N -z: -rpath: -rpath-link:
  -soname: -h: -u: -Map> -M -Map=* --gc-sections --no-* --as-needed --start-group --end-group --whole-archive
  --defsym: --export-dynamic -E --entry: --script: --library: --library-path: --output> --strip-all --strip-debug
  --build-id* --hash-style: --wrap: --version-script: --allow-* --warn-* --fatal-warnings --print-* --trace --verbose
  --relax -Bstatic -Bdynamic -Bsymbolic* -pie --icf* --threads* -O* -v -V -i -t -q -g -x -X -d -( -) --plugin~
  -plugin~ --error-handling-script~ --audit~ --depaudit~ --trace-symbol: --format: -c: --exclude-*
  --export-dynamic-symbol: --export-dynamic-symbol-list: --dynamic-list: -EB -EL -f: -F: --filter: --auxiliary:
  --oformat: -fini: -init: -G: --gpsize: --sysroot< --nmagic --omagic --dependency-file> --push-state --pop-state -dy
  -dn -Ur --copy-dt-needed-entries --emit-relocs --relocatable -R< --just-symbols< --discard-* --undefined:
  --require-defined: --orphan-handling: --unique* -y: -Y: --accept-* --add-needed --unresolved-symbols:
  --check-sections --cref --ctf-* --demangle* -I: --dynamic-linker: -dynamic-linker: --embedded-relocs -w
  --gc-keep-exported --target-help --default-* --noinhibit-exec --out-implib> --pic-executable -Q*
  --retain-symbols-file< --sort-* --spare-* --split-by-* --stats --traditional-format --section-start:
  --error-unresolved-symbols --error-limit: --eh-frame-hdr --enable-* --disable-* --hash-size:
  --compress-debug-sections: --reduce-memory-overheads --task-link: --time --color-diagnostics --lto-* --thinlto-*
ar, ranlib, strip, objcopy, as, nasm, yasm, install_name_tool, patchelf, otool, lipo, dsymutil = -o> -r* -c* -s* -q*
  -t* -x* -d* -p* -u* -v* -f: -g -w -O: -I: -j: -R: -K: -N: -S -D* -L* -W* -m* -a* -l: -E -M* -F: -P: -i -n -h -V -T
  --strip-* --remove-* --keep-* --only-* --add-* --set-* --print-* --replace-needed --rename-* --redefine-sym:
  --output-target: --input-target: --binary-architecture: --change-* --prefix-* --globalize-* --localize-* --weaken*
  --extract-* --compress-* --decompress-* --preserve-dates --target: --version --help --32 --64 --gstabs --gdwarf*
  --debug* --noexecstack -change: -id: -rpath: -add_rpath: -delete_rpath: -arch: -create -extract: -thin: -info
  -output> --shrink-rpath --no-default-lib -B: -G: --wildcard -X -b: --byte: --interleave* --enable-* -U --disable-*
  --gap-fill: --pad-to: --adjust-* --no-* --dump-section> --update-section: --long-section-names: --reverse-bytes:
  --srec-* --redefine-syms: --alt-machine-code: --writable-text --readonly-text --pure --impure --file-alignment:
  --heap: --image-base: --section-alignment: --stack: --subsystem: --elf-stt-common: --merge-notes
  --verilog-data-width: --verbose --record-libdeps: --plugin~ --discard-*
ldd = -v -u -d -r --verbose --unused --data-relocs --function-relocs <
clang-format, clang-tidy, clangd, include-what-you-use, iwyu, cppcheck, cpplint, cmake-format, cmake-lint, scan-build,
  clang-check, astyle, uncrustify, gersemi = @_any -i -style: -n -p: -q -j: -D* -I* -U* -W* -fallback-style:
  -dump-config -sort-includes -lines: -offset: -length: -Werror -checks: -fix -fix-errors -fix-notes -header-filter:
  -config: -config-file< -export-fixes> -extra-arg: -extra-arg-before: -format-style: -list-checks -line-filter:
  -system-headers -warnings-as-errors: -quiet -assume-filename: -ferror-limit: --style: --Werror --checks:
  --fix-errors --header-filter: --extra-arg: --extra-arg-before: --warnings-as-errors: --use-color --enable: --std:
  --suppress: --suppressions-list< --error-exitcode: --force --platform: --project< --inline-suppr --language:
  --max-configs: --check-level: --check-library --template: --xml --xml-version: --output-file> --cppcheck-build-dir>
  --library: --linelength: --filter: --counts --headers: --root: --extensions: --suppress-* --in-place --dry-run
  --sort-includes --assume-filename: --lines: --length: --offset: --ferror-limit: --fallback-style: --options:
  --indent* --no-backup --replace --plugin~ --load~ -load~ --addon< --clang-path~ --rule-file< --compile-commands-dir:
  --background-index --query-driver~ --check* --enable-config --help-* --enable-check-profile --explain-config
  --store-check-profile> --vfsoverlay< --allow-* --exclude-header-filter: --disable: --errorlist
  --exitcode-suppressions: --file-list< --includes-file< --config-exclude* --inconclusive --max-ctu-depth:
  --relative-paths* --report-progress --rule: --checkers-report> --project-configuration: --performance-* --safety
  --premium*
cmake = -E$ -S: -B> -G: -D: -U: -C< -P< -A: -T: -W* -j: -t: -v -N -L -LA -LH -LAH -h -LA* --build< --target: --config:
  --parallel --clean-first --verbose --preset: --workflow --list-presets* --fresh --install: --prefix> --component:
  --strip --toolchain< --install-prefix: --log-level: --log-context --trace* --debug-* --graphviz> --warn-*
  --no-warn-unused-cli --find-package --open: --system-information --version --help* --profiling-* --use-stderr
  --resolve-package-references: --loglevel: -- < --check-system-vars --compile-no-warning-as-error
  --link-no-warning-as-error --debugger --jobs:
ctest = -j: -V -VV -R: -E: -L: -LE: -C: -N -I: -U -Q -F -M: -A: -O> --test-dir< --output-on-failure --progress
  --verbose --extra-verbose --debug --quiet --output-log> --output-junit> --show-only* --tests-regex: --exclude-regex:
  --label-regex: --label-exclude: --rerun-failed --repeat: --repeat-until-fail: --stop-on-failure --timeout:
  --stop-time: --schedule-random --parallel --test-load: --build-config: --preset: --list-presets --max-width: --no-*
  --print-labels --resource-spec-file: --interactive-debug-mode: --tests-information: --test-output-size-* --version
  --help --build-and-test --tests-from-file: --exclude-from-file: --fixture-exclude-* -S< -SP< --script<
  --script-new-process --union --overwrite: --force-new-ctest-process -H --help-* --test-output-truncation:
  -T^Start,Update,Configure,Build,Test,Coverage,MemCheck,start,build,test,configure,coverage,memcheck
  -D^*=*,*Start,*Update,*Configure,*Build,*Test,*Coverage,*MemCheck --http-header:
cpack = -G: -C: -D: -B> -V --config< --verbose --debug --list-presets --preset: --version --help
ccmake = -E$ -S: -B: -D: -G:
make, gmake, bmake, remake = -j: -j* -k -s -n -B -w -i -q -t -r -R -e -p -d -C< -f< -I: -l: -o: -W: -O* -S -L -m -h -v
  --jobs --keep-going --silent --quiet --dry-run --just-print --recon --always-make --print-directory --no-*
  --ignore-errors --question --touch --environment-overrides --print-data-base --debug --trace --directory< --file<
  --makefile< --include-dir: --load-average --max-load --old-file: --what-if: --output-sync --stop
  --warn-undefined-variables --check-symlink-times --version --help --shuffle --eval~ --assume-new: --assume-old: --
just, mage = + -f< -d< -l -n -q -v -s -j: -P -W -D -A -N -p -g~ -t< -w -y -a -C -i -o: -I: -x -h -T: --justfile<
  --working-directory< --list --list-all --summary --show: --evaluate --dry-run --quiet --verbose --set --variables
  --yes --dump --fmt --unstable --check --choose --color: --no-* --highlight --timestamp --groups --group: --one
  --list-heading: --unsorted --dotenv-path: --dotenv-filename: --taskfile< --dir< --watch --parallel --force --silent
  --status --dry --concurrency: --output: --interval: --exit-code --json --sort: --init --version --help --tasks
  --describe: --prereqs --trace --rakefile< --libdir: --multitask --jobs: --rules --backtrace --all --nosearch
  --nosystem --suppress-backtrace: --where: --timeout: --compile> --keep --goos: --goarch: --ldflags: --job-stats
  --global~
task = -f< -d< -l -n -q -v -s -j: -P -W -D -A -N -p -g~ -t< -w -y -a -C -i -o: -I: -x -h -T: --justfile<
  --working-directory< --list --list-all --summary --show: --evaluate --dry-run --quiet --verbose --set --variables
  --yes --dump --fmt --unstable --check --choose --color: --no-* --highlight --timestamp --groups --group: --one
  --list-heading: --unsorted --dotenv-path: --dotenv-filename: --taskfile< --dir< --watch --parallel --force --silent
  --status --dry --concurrency: --output: --interval: --exit-code --json --sort: --init --version --help --tasks
  --describe: --prereqs --trace --rakefile< --libdir: --multitask --jobs: --rules --backtrace --all --nosearch
  --nosystem --suppress-backtrace: --where: --timeout: --compile> --keep --goos: --goarch: --ldflags: --job-stats
  --global~
ninja = -C< -f< -j: -k: -l: -n -v -d: -t: -w: -h --version --verbose --quiet
meson setup|configure|compile|test|dist|introspect|init|wrap|subprojects|rewrite|format|env2mfile|devenv, meson = -C<
  -D: -D* -v -j: -w -t: -q --prefix: --buildtype: --backend: --native-file< --cross-file< --reconfigure --wipe
  --default-library: --warnlevel: --werror --optimization: --debug --unity: --wrap-mode: --strip --auto-features:
  --clean --targets --buildoptions --tests --benchmarks --suite: --no-suite: --list --print-errorlogs --no-* --verbose
  --quiet --timeout-multiplier: --repeat: --maxfail: --num-processes: --logbase: --test-args: --setup: --benchmark
  --builddir: --all -a -f -i --indent --ninja-args: --formats: --allow-dirty --include-subprojects --language: --name:
  --type: --destdir> --vsenv --errorlogs --projectinfo --dependencies --installed --inplace --recursive --check-only
  --wrapper~ --gdb --interactive --target-files: --buildsystem-files --ast --scan-dependencies --install-plan
  --machines --wrap-file: --allow-insecure~ --pkgconfig.relocatable --libdir: --bindir: --datadir: --includedir:
  --sysconfdir: --localstatedir: --mandir: --install-umask: --stdsplit --layout: --layout --only-* --slice:
  --max-lines:
bazel, bazelisk, buck2, buck, pants, please, plz = @_any -c: -k -s -j: -v: --compilation_mode: --config: --define:
  --copt: --cxxopt: --linkopt: --host_copt: --features: --jobs: --keep_going --verbose_failures --test_output:
  --test_filter: --test_arg: --test_env: --test_timeout: --test_tag_filters: --test_size_filters: --build_tag_filters:
  --build_tests_only --runs_per_test: --flaky_test_attempts: --cache_test_results* --nocache_test_results --noshow_*
  --show_* --platforms: --cpu: --crosstool_top: --action_env: --host_platform: --sandbox_debug --subcommands
  --explain> --output: --noimplicit_deps --notool_deps --universe_scope: --order_output: --curses: --color:
  --progress_report_interval: --ui_event_filters: --announce_rc --combined_report: --instrumentation_filter: --strip:
  --stamp --nostamp --workspace_status_command~ --disk_cache> --expunge* --async --experimental_* --incompatible_*
  --noincompatible_* --enable_bzlmod --noenable_bzlmod --lockfile_mode: --nobuild --keep_state_after_build --local_*
  --spawn_strategy: --strategy: --java_* --javacopt: --tool_java_* --profile> --generate_json_trace_profile
  --target_pattern_file: --repo_env: --check_* --local --show-output --num-threads: --changed-since:
  --changed-dependents: --tag: --filter: --only --test-force --test-debug --no-*
rustc, rustdoc, clippy-driver = -o> -O -g -L: -l:
  -C^opt-level*,target-cpu*,target-feature*,debuginfo*,lto*,codegen-units*,panic*,overflow-checks*,debug-assertions*,incremental*,strip*,embed-bitcode*,instrument-coverage*,prefer-dynamic*,link-arg=-*,link-args=-*,link-dead-code*,relocation-model*,rpath*,metadata*,extra-filename*,profile-*,split-debuginfo*,force-frame-pointers*,inline-threshold*,passes*,save-temps*,code-model*,dwarf-version*,force-unwind-tables*,llvm-args*
  --codegen^opt-level*,target-cpu*,target-feature*,debuginfo*,lto*,codegen-units*,panic*,strip* -D: -D* -A: -A* -W:
  -W* -F: -F* -v -V -h --crate-type: --crate-name: --edition: --emit: --out-dir> --target: --test --cfg: --check-cfg:
  --extern: --cap-lints: --print: --explain: --error-format: --color: --remap-path-prefix: --sysroot: --verbose
  --version --help --json: --document-private-items --html-* --markdown-* --output> --theme: --test-args:
  --show-type-layout --crate-version: --show-coverage --no-deps --allow: --warn: --deny: --forbid: --force-warn: -w:
  --input-format: --output-format: --no-defaults --passes: --extend-css< --enable-index-page --index-page<
  --resource-suffix: --generate-link-to-definition --test-run-directory: --test-runtool~ --no-run --static-root-path:
  --scrape-examples-* --diagnostic-width: --remap-path-scope:
rustfmt, cargo-fmt = -l -v -q -h --check --edition: --config: --config-path< --emit: --color: --backup --print-config:
  --files-with-diff --skip-children --unstable-features --error-on-unformatted --file-lines: --style-edition:
  --version --help --all --verbose --quiet
cargo, cargo-clippy, cargo-nextest, cargo-tarpaulin, cargo-llvm-cov, cargo-expand, cargo-audit, cargo-deny, cross =
  -p: -F: -j: -r -v -vv -q -h -V -w -x: -e: -i: -d -n -s: -B -D -P: -C< -t: -E:
  -Z^build-std*,unstable-options,minimal-versions,direct-minimal-versions,sparse-registry,timings*,gitoxide*,doctest-xcompile,check-cfg*
  -a: -c -o> -k -l -T: --package: --workspace --all --exclude: --lib --bin: --bins --example: --examples --test:
  --tests --bench: --benches --all-targets --features: --all-features --no-* --release --profile: --target:
  --target-dir> --artifact-dir> --manifest-path< --message-format: --build-plan --unit-graph --locked --offline
  --frozen --ignore-rust-version --verbose --quiet --color: --jobs: --keep-going --doc --document-private-items --open
  --fix --allow-* --broken-code --edition --edition-idioms --check --list --fingerprint* --timings*
  --future-incompat-report --config: --edges: --invert: --prune: --depth: --prefix: --duplicates --format: --charset:
  --format-version: --filter-platform: --name: --vcs: --edition: --dev --build --optional --rename: --path< --git:
  --branch: --rev: --tag: --registry: --dry-run --precise: --aggressive --recursive --breaking --respect-source-config
  --versioned-dirs --sync: --help --version --limit: --explain: --watch: --ignore: --exec: --shell: --clear --delay:
  --why --poll --no-restart --postpone --test-threads: --retries: --nocapture --run-ignored: --partition:
  --success-output: --failure-output: --status-level: --final-status-level: --fail-fast --max-fail: --filter-expr:
  --filterset: --lcov --html --json --text --output-path> --output-dir> --out: --ignore-filename-regex: --fail-under-*
  --skip-clean --ignore-tests --ignore-panics --exclude-files: --engine: --ignored --run-types:
  --implicit-test-threads --count --stdlib --branch --deny: --stale --file< --db> --hide-inclusion-graph --show-*
  --audit-compatible --baseline: --root> --bin-* --debug --exit-code: --root-deps-only --workspace-only --packages:
  --ignore-external-rel --bleeding-edge --include-features: --each-feature --feature-powerset --clean-per-run --ugly
  --theme: --themes --crates: --filter: -n: --time --split-std --full-fn --iterations: --diff> --in-diff: --re:
  --shard: --baseline-rev: --baseline-version: --current: --only-* --workspace-remap --index: --token~ --access:
  --script --toolchain: --features-only --unused --verify --with-metadata -R --out-dir> --vers: -f --force
  --lockfile-path: --ignore-yanked --overwrite --changelog: --compile-time-deps --config-profile:
bindgen, cbindgen, trunk, dx, leptos, miri, wasm-pack, wasm-bindgen, wasm-opt, wat2wasm, wasm2wat, asc, wasmtime,
  wasmer, wasm3 = @_any -o> -O* -g -t: -d> -c< -l: -q --target: --out-dir> --out-name: --dev --release --profiling
  --debug --scope: --mode: --no-* --features: --typescript --omit-* --browser --nodejs --web --reference-types
  --weak-refs --keep-* --enable-* --disable-* --strip-* --asyncify --vacuum --converge --dce --inlining* --allowlist-*
  --blocklist-* --opaque-type: --with-derive-* --default-enum-style: --rustified-enum: --lang: --crate: --config<
  --output> --style: --parse-deps --outFile> --textFile> --sourceMap --optimize --optimizeLevel: --shrinkLevel:
  --runtime: --exportRuntime --baseDir: --wasm-features --invoke: --wasm --dir: --env: --mapdir: --fuel: -W: -S: -D:
  --chrome --firefox --safari --headless --node --open --dist> --public-url: --filehash: --address: --port: --watch:
  --ignore: --
go = -C<
go run = + -x -n -v -a -p: -race -msan -asan -cover -ldflags: -gcflags: -tags: -mod: -modfile< -trimpath -buildvcs
  -work -overlay< -pgo: -exec! -C< <
go build|install|test|vet|list|get|generate|clean|fix|tool|telemetry = -o> -v -x -n -a -p: -c -i -u -t -d -m -e -f: -r
  -race -msan -asan -cover -covermode: -coverpkg: -coverprofile> -test.coverprofile> -ldflags: -gcflags: -asmflags:
  -gccgoflags: -tags: -mod: -modfile< -modcacherw -trimpath -buildvcs -buildmode: -compiler: -work -overlay< -pgo:
  -installsuffix: -pkgdir> -linkshared -C< -run: -bench: -benchmem -benchtime: -count: -cpu: -short -timeout:
  -parallel: -failfast -json -list: -skip: -shuffle: -vet: -args$ -cpuprofile> -memprofile> -memprofilerate:
  -blockprofile> -blockprofilerate: -mutexprofile> -mutexprofilefraction: -trace> -outputdir> -fuzz: -fuzztime:
  -fuzzminimizetime: -fullpath -test.* -deps -test -versions -retracted -compiled -export -find -reuse: -cache
  -testcache -modcache -fuzzcache -http: -func> -html: -mode: -symbolize: -top -cum -base: -diff_base: -seconds:
  -sample_index: -nodecount: -focus: -png -svg -pdf -text -lines -S -l -N -B -D: -I: -tool -fix -diff -printf -atomic
  -copylocks -shadow -composites -unusedresult -nilfunc -structtag -unreachable -all -assign -bools -shift -unsafeptr
  -h -help <
go vet = -C< -n -x -v -a -c: -json -fix -diff -tags: -mod: -modfile< -overlay< -race -trimpath -buildvcs -p: -vettool! -all
  -appends* -asmdecl* -assign* -atomic* -atomicalign* -bools* -buildtag* -cgocall* -composites* -copylocks* -defers*
  -directive* -errorsas* -fieldalignment* -framepointer* -hostport* -httpresponse* -ifaceassert* -loopclosure*
  -lostcancel* -nilfunc* -nilness* -printf* -printfuncs: -shadow* -shift* -sigchanyzer* -slog* -stdmethods*
  -stdversion* -stringintconv* -structtag* -testinggoroutine* -tests* -timeformat* -unmarshal* -unreachable*
  -unsafeptr* -unusedresult* -unusedwrite* -waitgroup* -ldflags: -gcflags: -compiler: <
go version|env|fmt|doc|help|bug|mod|work = -m -v -json -changed -u -w -n -x -mod: -all -src -short -c -cmd -ex -e
  -diff -fmt -module: -go: -toolchain: -require: -droprequire: -exclude: -dropexclude: -replace: -dropreplace:
  -retract: -dropretract: -print -godebug: -compat: -vendor -why -o> -modcacherw -tidy -use: -dropuse: -r -reuse:
  -tool:
gofmt, goimports, gofumpt, gci, golines, golangci-lint, staticcheck, revive, golint, errcheck, gosec, gocyclo,
  deadcode, ineffassign, misspell, govulncheck, go-junit-report, gotestsum, mockgen, mockery, wire, air, ginkgo,
  gopls, dlv, templ, ent, sqlc, swag, stringer, buf, protoc-gen-go, goreleaser-check, gomodifytags, impl, gotests,
  oapi-codegen, nilaway, benchstat = @_any -l -w -d -s -e -r -v -n -m: -x -local: -srcdir: -format-only -cpuprofile>
  -simplify -extra -lang: -f: -checks: -tests -go: -explain: -show-ignored -fail: -debug.* -config< -formatter:
  -exclude: -set_exit_status -min_confidence: -blank -asserts -ignore: -ignoretests -ignorepkg: -abspath -over: -avg
  -top: -test -filter: -generated -whylive: -mode: -json -tags: -show: -db~ -C< -in< -out> -iocopy -package-name:
  -set-exit-code -subtest-mode: -version --format: --jsonfile> --junitfile> --packages: --rerun-fails* --watch --no-*
  --hide-summary: --max-fails: --post-run-command~ --raw-command~ -source: -destination> -package: -mock_names:
  -self_package: -imports: -typed -write_* -build_flags: -all -exported -only: -excl: -parallel -template_dir< -i
  -type: -trimprefix: -linecomment -output> -generate: -struct: -field: -add-tags: -file: -line: -transform:
  -remove-tags: -clear-tags: -p: -c< -D: -E: --enable: --disable: --enable-all --disable-all --enable-only: --default:
  --fast --fast-only --presets: --new --new-from-rev: --new-from-merge-base: --new-from-patch: --whole-files
  --out-format: --output.* --issues-exit-code: --print-* --sort-results --build-tags: --skip-dirs: --skip-files:
  --exclude: --exclude-use-default --max-issues-per-linter: --max-same-issues: --allow-parallel-runners
  --allow-serial-runners --path-prefix: --path-mode: --modules-download-mode: --uniq-by-line --show-stats --cyclop.*
  -race -cover -coverprofile> -coverpkg: -procs: -nodes: -compilers: -focus: -skip: -label-filter: -randomize-all
  -randomize-suites -trace -vv -keep-going -until-it-fails -repeat: -flake-attempts: -timeout: -output-dir>
  -junit-report> -json-report> -skip-package: -poll-progress-after: -fail-on-pending --headless --listen:
  --api-version: --accept-multiclient --check-go-version --continue --build-flags: --log --wd: --init~ --backend:
  -proxy: -cmd: -lazy -path: -g: --parseDependency --parseInternal --parseDepth: --dir: --generalInfo: --output>
  --outputTypes: --ot: -ot: --instanceName: --quiet --all --keeptree --case: --inpackage --with-expecter --name:
  --recursive --outpkg: --disable-version-string --filename: --feature: --target: --template< -stdout -delta-test:
  -alpha: -col: -row: -confidence: -table: -geomean --against: --against-config< --path:
zig build|build-exe|build-lib|build-obj|run|test|fmt|cc|c++|ast-check|translate-c|init|init-exe|init-lib|fetch|
  version|env|targets|zen|std|ar|objcopy|libc|help = * --build-file< --build-runner~ -p> --prefix> --prefix-*>
  --cache-dir> --global-cache-dir> --zig-lib-dir< -fqemu~ -fwine~ --glibc-runtimes: --search-prefix: -femit-bin>
  --test-cmd~ --save
zls, dmd, ldc2, dub, nimble, nim, v, crystal, shards, ameba, odin, gnat, gnatmake, gprbuild = @_any -o> -O -g -c -r
  -d: -of: -od: -I: -J: -L* -D: -m64 -release -unittest -inline -boundscheck: -w -wi -v -version* -debug* -main -run:
  --build: --compiler: --config: --arch: --force --root: --annotate --combined --parallel --temp-build --single --rdmd
  --skip-registry: -d* --opt: --mm: --gc: --threads: --hints: --warnings: --verbosity: --out> --outdir> --nimcache>
  --path: --app: --run --forceBuild --styleCheck: --define: --backend: --release --no-* --static --stats --time
  --progress --error-trace --production --local --frozen --skip-postinstall --fix -prod -cc: -os: -gc -autofree -stats
  -shared -skip-unused -show-c-output -cg -W -P*
autoconf, automake, autoreconf, aclocal, libtoolize, libtool, m4, pkg-config, bison, flex, yacc, lex, swig, re2c,
  ragel, gperf, antlr4, tree-sitter, ocamlc, ocamlopt, dune, ocamlfind, ghc, cabal, stack, hlint, ormolu, fourmolu,
  brittany, opam, erlc, elixirc, rebar3, gleam, busted, luacheck, stylua, selene, pod, carthage, swiftlint,
  swiftformat, swift-format, xcpretty, vcpkg, conan, bear, luarocks = @_any -f -i -v -W* -I* -o> -d -y -t -l -b: -p
  -P* -D* -U* -a -s -S -c -g* -m: -C -L* -q -k -n -x -O* -O2 -H -h -r: -w -fplugin~ -pp~ -ppx~ -F~ -pgmF~ -package:
  -package-id: -hide-all-packages -linkpkg -thread -syntax: -threaded -rtsopts -with-rtsopts: -Wall -Wextra -Werror
  -XHaskell* -X* -outputdir> -odir> -hidir> -isrc* -i* -dynamic -static -prof -fno-* -fforce* --install --force
  --verbose --warnings: --add-missing --copy --foreign --gnu --gnits --include-deps --ignore-deps --cflags --libs
  --libs-only-* --cflags-only-* --exists --modversion --variable: --define-variable: --list-* --print-*
  --atleast-version: --exact-version: --max-version: --static --shared --define-prefix --silence-errors --short-errors
  --errors-to-stdout --defines: --header* --output> --report: --graph --language: --skeleton: --prefix: --outfile>
  --yacc --posix --noline --batch --interactive --reentrant --token: -c++ -python -java -go -csharp -ruby -outdir>
  -module: -includeall -Dlanguage: -visitor -listener -no-listener -no-visitor -encoding: -lib: --profile: --root<
  --build-dir> --display: --auto-promote --promote --watch --no-* --only-packages: --release --enable-tests
  --enable-benchmarks --disable-* --enable-* --flags: --ghc-options: --test-show-details: --test-options:
  --project-file< --with-compiler~ --constraint: --dependencies-only --only-dependencies --only-configure
  --overwrite-policy: --pedantic --fast --file-watch --haddock --test --bench --coverage --ta: --ba: --flag:
  --resolver: --snapshot: --stack-yaml< --system-ghc --copy-bins~ --local-bin-path> --exec~ --docker~ --nix --hint:
  --ignore: --refactor~ --with-group: --cpp-*: --mode: --inplace --indentation: --check-idempotence --ghc-opt:
  --repo-update --no-repo-update --clean-install --deployment --platform: --cache-builds --use-xcframeworks
  --use-submodules --configuration: --strict --lenient --reporter: --path: --autocorrect --swiftversion:
  --swift-version: --rules: --disable: --enable: --lint --quiet --indent: --config< --stdinpath: --in-place
  --recursive --parallel --simple --color --triplet: --x-manifest-root: --x-install-root: --recurse --host-triplet:
  --overlay-ports< --overlay-triplets< --clean-after-build --editable --head --dry-run --build: --build* -pr: -s:
  --settings: --options: --profile:* --output-folder> --lockfile: --update --append --cdb: -- --std: --globals:
  --read-globals: --max-line-length: --codes --ranges --formatter: --exclude-files: --include-files: --check --verify
  --search-parent-directories --display-style: --pattern: --lpath: --cpath: --helper< --run: --tags: --exclude-tags:
  --shuffle --sort-tests --repeat: --keep-going --lua~ --sname: --apps: --suite: --cover --case: --group:
  --sys_config< --dir: --module: --target: --runtime: --warnings-as-errors --short --roots --with-test --with-doc
  --deps-only --assume-depexts --unlock-base --inplace-build --working-dir
`

/** Subcommands of package managers of small languages. */
export const smallPackageManagers = raw`
cabal build|install|test|run|bench|repl|check|clean|configure|freeze|haddock|update|list|info|init|outdated|
  gen-bounds|get|exec|sdist|list-bin|help|path|v2-build|v2-test|v2-run|v2-repl|new-build|new-test|new-run = @ghc
stack build|test|bench|haddock|run|exec|ghci|repl|ghc|runghc|clean|purge|init|new|ls|dot|path|list|query|setup|
  templates|unpack|hoogle|eval|config|script = @ghc
opam list|show|switch|env|exec|update|install|lint|pin|var|config|search|lock|tree|info|help|init|source|reinstall =
  @ghc --installed --available --all-versions --columns: --resolve: --required-by: --depends-on: --recursive --short
  --sort --long
vcpkg install|list|search|integrate|export|format-manifest|update|version|new|add|env|hash|depend-info|help|find =
  @ghc
conan install|create|build|search|list|inspect|graph|profile|config|cache|new|test|lock|source|version|export|
  editable|info = @ghc
luarocks list|show|search|make|lint|build|install|path|test|init|which|doc|config|pack|unpack|remove = @ghc
`
