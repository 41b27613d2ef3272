const raw = String.raw

/** Tools of the JVM, .NET, Ruby, PHP, Elixir, and of apps. */
export const platformTools = raw`
javac, jar, javadoc, javap, jlink, jpackage, jdeps, jcmd, jstack, jmap, jps, scalac, kotlinc, kotlin, groovyc = -d>
  -cp< -classpath< --class-path< -p< --module-path< -sourcepath: --source-path: -source: -target: --source: --target:
  --release: -g* -nowarn -verbose -deprecation -encoding: -proc:* -parameters -Xlint* -Xdoclint* -Xmaxerrs:
  -Xmaxwarns: -Xdiags:* -Werror -s: -h: -implicit:* -A* -processor: -processorpath< --processor-path< --enable-preview
  --add-modules: --add-exports: --add-reads: --limit-modules: -m: --module: --module-source-path: --module-version:
  --system: -version --version -help --help -? -X -c -x -t -u -v -f: -e: -0 -M -i -C -cf -xf -tf -cvf -xvf -tvf -cfe
  -cfm -uf --create --extract --list --update --file> --manifest: --main-class: --no-* --describe-module -l -private
  -public -protected -package -constants -s -sysinfo -J-Xmx* -author -use -windowtitle: -doctitle: -link:
  -linkoffline: -subpackages: -exclude: -quiet -html5 -notree -noindex -overview: -charset: -docencoding: -tag:
  -summary -recursive -R -dotoutput> --print-module-deps --ignore-missing-deps --multi-release: --list-deps
  --list-reduced-deps --jdk-internals --check: --output> --compress* --strip-debug --name: --type: --input: --dest>
  --main-jar: --app-version: --icon: --vendor: --runtime-image: --java-options: --mac-* --linux-* --win-*
  --description: --app-image: --launcher: --bind-services --ignore-signing-information -include-runtime -jvm-target:
  -language-version: -api-version: -no-* -module-name: -script -Xjsr305* -opt-in: -progressive -Xplugin~ -P: -q -lv -m
  -V -F -feature -unchecked -explain -Yexplain -new-syntax -indent --boot-class-path< -bootclasspath< --help-* -J-X*
  --processor-module-path< --upgrade-module-path< --patch-module< --add-opens: --default-module-for-created-files:
  --hash-modules: --generate-index
mvn, mvnw = -q -B -e -X -U -o -N -V -C -c -h -v -nsu -ntp -am -amd -fae -fn -ff -npu -f< -s< -gs< -t< -pl: -rf: -T:
  -P: -D* -l> -b: -color: -itr -ks: -llr -canf* --quiet --batch-mode --errors --debug --update-snapshots --offline
  --non-recursive --show-version --strict-checksums --lax-checksums --no-snapshot-updates --no-transfer-progress
  --also-make --also-make-dependents --fail-at-end --fail-never --fail-fast --file< --settings< --global-settings<
  --toolchains< --projects: --resume-from: --threads: --activate-profiles: --define: --log-file> --builder: --color:
  --version --help --non-interactive -cpu -up -npr --check-plugin-updates --no-plugin-updates --update-plugins
gradle, gradlew = -q -i -d -s -S -w -m -a -v -h -? -x: -t -p< -b< -c< -P* -D* -I< -g< -F: -u -C: -M: -l --quiet --info
  --debug --stacktrace --full-stacktrace --warn --dry-run --version --help --exclude-task: --continuous --project-dir<
  --build-file< --settings-file< --init-script< --gradle-user-home< --project-prop: --system-prop: --parallel --no-*
  --offline --daemon --stop --status --foreground --build-cache --configuration-cache* --configure-on-demand
  --continue --console: --warning-mode: --rerun-tasks --refresh-dependencies --refresh-keys --export-keys
  --write-locks --update-locks: --write-verification-metadata: --dependency-verification: --max-workers: --priority:
  --scan --profile --watch-fs --include-build: --project-cache-dir> --tests: --test-dry-run --args: --debug-jvm
  --fail-fast --rerun --all --group: --configuration: --dependency: --gradle-version: --distribution-type: --type:
  --dsl: --test-framework: --project-name: --package: --java-version: --overwrite --incubating --use-defaults
  --console --fix --task: --types: --render:
sbt, mill, ant, lein, clj, clojure, scala-cli, scala, bloop = + @_any -D* -J-X* -v -i -j: -k -w -mem: -java-home:
  -jvm-debug: -batch -no-colors -supershell* --client --batch --no-* --color: --jobs: --keep-going --watch --ticker:
  --import~ --repl~ -f< -buildfile< -file< -lib< -quiet -verbose -emacs -logfile> -logger~ -listener~ -keep-going
  -propertyfile< -projecthelp -diagnostics -S: -S -O: --scala: --dep: --test --main-class: --js --native --server* -M*
  -X* -A* -T* -P
kotlin, ktlint, detekt, checkstyle, spotbugs, pmd, google-java-format, spotless, jdeprscan, visualvm, errorprone,
  scalafmt, scalafix, palantir-java-format = @_any -c< -i -r: -f: -d: -o> -b: -p: -cc -ex: -ac -l: -R< -F -relative
  --relative --format --color-name: --reporter: --baseline: --editorconfig< --code-style: --disabled_rules:
  --experimental --android --limit: --patterns-from-stdin --input: --report: --config< --build-upon-default-config
  --all-rules --auto-correct --base-path: --max-issues: --excludes: --includes: --plugins< --classpath< --jvm-target:
  --aosp --replace --dry-run --set-exit-if-changed --skip-* --offset: --length: --lines: --fix-imports-only -textui
  -low -medium -high -effort:* -xml* -html* -output> -exclude: -include: -exitcode -sourcepath: -auxclasspath<
  -nested* -progress -sortByClass* check -dir: -rulesets< -format: -reportfile> -language: -cache: -failOnViolation:
  --minimum-tokens: --files: --language: --rulesets< --no-cache --test --mode: --non-interactive --stdin
  --assume-filename: --rules: --diff-base: --syntactic
dotnet, msbuild, paket, nuget, csharpier, mono, csc, fsc = + @_any -h -v: --info --list-sdks --list-runtimes
  --diagnostics --version --roll-forward: --fx-version: --additionalprobingpath< --
dotnet build|run|test|publish|restore|clean|pack|watch|format|new|sln|solution|add|remove|list|package|reference|
  msbuild|vstest|nuget|tool|help|store|build-server|workload|ef|script|fsi|dev-certs|user-secrets|csharpier|fantomas|
  reportgenerator|coverage|stryker|outdated|trace|counters|dump|gcdump|husky|cake|paket|aspnet-codegenerator|sdk|
  completions = < @_any -c: -f: -o> -r: -v: -p: -m* -n: -s: -l: -d: -a: -t -k: -e: -lp: -bl* -maxcpucount* -nologo
  -property:* -p:* -target:* -t:* -verbosity:* -noLogo -warnaserror* -tl* -nr:* -consoleLoggerParameters* -clp:*
  -flp:* -restore --configuration: --framework: --output> --runtime: --self-contained --no-* --project<
  --launch-profile: --verbosity: --nologo --interactive --force --disable-* --use-current-runtime --version-suffix:
  --artifacts-path> --os: --arch: --property: --tl* --filter: --logger: --collect: --settings< --results-directory>
  --test-adapter-path< --blame* --diag> --list-tests --environment: --include-* --exclude: --verify-no-changes
  --severity: --diagnostics: --report> --binarylog> --folder --use-lock-file --locked-mode --lock-file-path:
  --force-evaluate --packages> --source~ --configfile< --ignore-failed-sources --no-cache --include-source
  --include-symbols --serviceable --name: --language: --type: --dry-run --update-check --columns: --columns-all
  --author: --tag: --prerelease --version: --outdated --deprecated --vulnerable --include-transitive --highest-patch
  --highest-minor --format: --in-root --solution-folder: --local --global --tool-path> --tool-manifest:
  --create-manifest-if-needed --allow-downgrade --allow-roll-forward --context: --startup-project< --data-annotations
  --idempotent --json --prefix-output --connection~ --target-migration: --namespace: --msbuildprojectextensionspath:
  --hot-reload --non-interactive --list --launch-profile --os --ucr --sc --api-key: --symbol* --skip-duplicate -P:*
  -reports:* -targetdir:* -reporttypes:* -/* --
msbuild = @dotnet/build
rspec, minitest, rubocop, standardrb, reek, brakeman, yard, rdoc, erb, erblint, guard, cucumber, ruby-lsp, sorbet,
  srb, steep, rbs, haml-lint, slim-lint, jekyll, foreman, solargraph, bundle-audit, bundler-audit, parallel_test,
  parallel_rspec = @_any -f: -e: -t: -I< -r< -o> -P: -b -c -d -w -p: -O< -E: -A -a -x -l -s -L -V -D -S -C: -n: -i: -u
  -H -F -j: -B -q -g: --tag: --example: --example-matches: --format: --order: --seed: --only-failures --next-failure
  --fail-fast* --no-* --dry-run --require< --default-path: --pattern: --exclude-pattern: --backtrace --color
  --force-color --profile --warnings --out> --deprecation-out> --bisect* --init --autocorrect --auto-correct
  --autocorrect-all --auto-correct-all --safe-auto-correct --disable-uncorrectable --only: --except: --display-*
  --extra-details --display-style-guide --fail-level: --lint --layout --safe --config< --auto-gen-config
  --exclude-limit: --auto-gen-only-exclude --force-exclusion --only-guide-cops --ignore-* --parallel --cache:
  --server* --start-server --stop-server --stdin: --stderr --list-target-files --show-cops: --force-default-config
  --fix --fix-unsafely --no-fix --only-recognized-file-types --only-* --rails --run-all-checks --test: --skip-files:
  --confidence-level: --ignore-config< --plugin: --plugins: --markup: --readme: --private --protected --one-file
  --lint-all --enable-* --trim-mode: --typed: --dir: --ignore: --incremental --watch --livereload --drafts --future
  --unpublished --source: --destination> --baseurl: --port: --host: --trace --profile: --tags: --publish-quiet
  --strict --wip --name: --guardfile< --group: --no-interactions --update --severity-level: --steep-command: --jobs:
  --log-level: --with-expectations --save-expectations --
rails, bin/rails = * -m~ --template~ -r< -c@
artisan, symfony, console, phinx, doctrine = *
phpunit, pest, phpstan, psalm, phpcs, phpcbf, php-cs-fixer, rector, phpmd, infection, codecept, behat, pint, sail,
  paratest, phan, deptrac, phplint, php-parallel-lint, phpbench, ecs, rector, grumphp, churn, phpmetrics = @_any -c<
  -d: -v -vv -vvv -l: -n -q -p -s -a -e -m -i -j: -g -f: -x: -t: -o: -P: --configuration< --bootstrap< --testsuite:
  --group: --exclude-group: --filter: --test-suffix: --list-* --coverage* --coverage-* --testdox* --log-* --order-by:
  --random-order* --stop-on-* --fail-on-* --display-* --no-* --colors* --cache-* --process-isolation --globals-backup
  --static-backup --strict-coverage --disallow-test-output --repeat: --do-not-cache-result --do-not-fail-on-*
  --exclude-testsuite: --covers: --uses: --columns: --reverse-list --debug --teamcity --parallel --processes: --ci
  --dirty --bail --todos --retry --compact --profile --type-coverage --mutate --min: --memory-limit: --level:
  --error-format: --autoload-file< --generate-baseline* --allow-empty-baseline --xdebug --pro
  --fail-without-result-cache --tmp-file: --instead-of: --show-info* --threads: --output-format: --set-baseline:
  --use-baseline: --update-baseline --ignore-baseline --find-unused-* --find-dead-code* --taint-analysis --shepherd~
  --stats --monochrome --php-version: --root< --plugin~ --alter --issues: --standard< --report: --report-* --sniffs:
  --exclude: --ignore: --extensions: --severity: --error-severity: --warning-severity: --tab-width: --encoding:
  --basepath: --runtime-set~ --rules: --using-cache: --allow-risky: --dry-run --diff --format: --show-progress:
  --path-mode: --stop-on-violation --sequential --allow-unsupported-php-version: --clear-cache --autoload:
  --kernel-version: --only: --min-msi: --min-covered-msi: --mutators: --formatter: --git-diff-* --only-covered --steps
  --html> --xml> --env: --skip-group: --skip: --shard: --seed: --override: --report --tags: --suite: --name: --lang:
  --rerun --strict --story-syntax --definitions: --append-snippets --test --preset: --repair --fix --suffixes:
  --minimumpriority: --reportfile> --runner: --functional --working-dir: --verbose --
composer = @uv
mix, iex, rebar3 = + @_any -S: --no-* --warnings-as-errors --force --trace --failed --stale --cover --slowest:
  --exclude: --include: --only: --seed: --max-failures: --max-cases: --partitions: --check-formatted
  --check-equivalent --dry-run --migrate --sup --umbrella --app: --module: --all-warnings --strict --format: --sname:
  --name: --cookie: --dot-iex< --
flutter, fvm flutter = + @_any -v -d: --
flutter run|build|test|analyze|format|pub|doctor|devices|emulators|create|clean|gen-l10n|attach|logs|drive|install|
  upgrade|channel|config|precache|symbolize|screenshot|assemble|bash-completion|custom-devices|downgrade|
  widget-preview = @_any -t: -d: -a: -r: -j: -h -v -i -o: --target: --flavor: --debug --profile --release
  --dart-define: --dart-define-from-file: --device-id: --coverage --coverage-path> --update-goldens --name:
  --plain-name: --tags: --exclude-tags: --concurrency: --reporter: --file-reporter: --test-randomize-ordering-seed:
  --no-* --split-debug-info> --obfuscate --split-per-abi --target-platform: --build-name: --build-number:
  --export-options-plist: --export-method: --codesign --simulator --web-* --wasm --base-href: --pwa-strategy:
  --source-maps --tree-shake-icons --org: --project-name: --template: --platforms: --description: --sample: --empty
  --overwrite --pub --offline --fatal-infos --fatal-warnings --current-package --watch --write> --congratulate
  --preamble --android-license~ --machine --hot --start-paused --observatory-port: --dds-port: --enable-impeller
  --trace-* --screenshot> --driver: --use-application-binary: --keep-app-running --dry-run --major-versions --tighten
  --dev
dart, pub = + @_any --enable-experiment: --enable-asserts --packages: --define: -D*
dart run|test|analyze|format|fix|compile|create|doc|info|pub|devtools|language-server|help|build|build_runner|
  tooling-daemon = @_any -o> -l: -n -h -j: -t: -p: -D* --enable-asserts --enable-experiment: --observe*
  --pause-isolates-* --verbosity: --apply --dry-run --code: --fatal-infos --fatal-warnings --format:
  --set-exit-if-changed --show: --line-length: --summary: --indent: --fix --delete-conflicting-outputs
  --build-filter: --release --output> --name: --plain-name: --tags: --exclude-tags: --preset: --concurrency:
  --coverage> --chain-stack-traces --no-* --run-skipped --test-randomize-ordering-seed: --reporter: --file-reporter:
  --timeout: --total-shards: --shard-index: --target-os: --offline --precompile --example --major-versions
  --null-safety --tighten --json --mode: --up-to-date --dev-dependencies --dependency-overrides --prereleases
  --transitive --style: --executables --template: --force --validate-links
melos, fvm, xcodebuild, xcrun, swift, swiftc, agvtool, plutil, lipo, tuist, xcodegen, mint, periphery, sourcery,
  swiftgen = @_any -project< -workspace< -scheme: -target: -configuration: -sdk: -destination: -arch:
  -derivedDataPath> -resultBundlePath> -archivePath> -list -showsdks -showBuildSettings -showdestinations -json -quiet
  -verbose -parallelizeTargets -jobs: -alltargets -hideShellScriptEnvironment -enableCodeCoverage: -testPlan:
  -only-testing* -skip-testing* -parallel-testing-* -maximum-* -retry-tests-on-failure -test-iterations:
  -enableAddressSanitizer: -enableThreadSanitizer: -resolvePackageDependencies -clonedSourcePackagesDirPath>
  -skipPackagePluginValidation -skipMacroValidation -disableAutomaticPackageResolution
  -onlyUsePackageVersionsFromResolvedFile -showTestPlans -version -usage -license -checkFirstLaunchStatus -xcconfig<
  -toolchain: -skipUnavailableActions -dry-run -skipPackageUpdates -IDE* CODE_SIGN* -c: -v -f -k -find --find
  -show-sdk-* --show-sdk-* --sdk: --filter: --parallel --enable-code-coverage --enable-test-discovery --enable-*
  --disable-* --skip: --skip-build --skip-update --product: --target: --package-path< --scratch-path> --build-path>
  --configuration: --num-workers: --list-tests --type: --name: --arch: --triple: --sanitize: --static-swift-stdlib
  --show-bin-path --build-tests --xunit-output> --show-codecov-path --traits: --swift-sdk: -Xswiftc: -Xcc: -Xlinker:
  -Xcxx: -o> -O* -g -D* -I: -L: -l* -F: -module-name: -emit-* -parse-as-library -typecheck -whole-module-optimization
  -wmo -swift-version: -enable-* -import-objc-header: -framework: -s: -convert: -lint -p --no-select --scope:
  --ignore: --since: --fail-fast --order-dependents --no-git-tag-version --config< --sources: --templates< --output>
  --spec< --project> --use-cache --retain-public --
`

/** Subcommands of the package manager of Dart. */
export const dartPackages = raw`
dart|flutter pub get|upgrade|outdated|deps|add|remove|downgrade|unpack|bump|workspace|run|cache = *
`
