const raw = String.raw

/** Package managers and tools of JavaScript. */
export const javascriptTools = raw`
_npm = -D -P -O -E -S -B -g -f -s -q -d -dd -ddd -v -h -l -a -w: -ws -y -p: -c: -W -r -C: -F: -A -T -L -n -i -u -R
  --save --save-dev --save-prod --save-optional --save-exact --save-peer --save-bundle --save-catalog --dev --prod
  --production --development --optional --peer --exact --tilde --caret --no-* --force --legacy-peer-deps
  --strict-peer-deps --strict-peer-dependencies --audit --fund --prefer-offline --prefer-online --prefer-dedupe
  --prefer-frozen-lockfile --offline --workspace: --workspaces --workspace-root --workspace-concurrency:
  --include-workspace-root --if-present --silent --quiet --verbose --loglevel: --json --long --parseable --depth:
  --all --omit: --include: --only: --dry-run --ignore-scripts --foreground-scripts --progress --prefix: --yes
  --package: --call: --tag: --access: --otp: --location: --global --cache: --package-lock --package-lock-only
  --engine-strict --os: --cpu: --libc: --install-strategy: --install-links --audit-level: --registry: --ignore-engines
  --ignore-platform --ignore-optional --frozen-lockfile --immutable --immutable-cache --check-cache --pure-lockfile
  --mode: --inline-builds --flat --har --network-timeout: --network-concurrency: --non-interactive --cwd: --dir:
  --filter: --filter-prod: --recursive --stream --parallel --sequential --sort --bail --reporter:
  --reporter-hide-prefix --aggregate-output --use-stderr --color --lockfile-only --fix-lockfile --shamefully-hoist
  --hoist --node-linker: --resolution-only --side-effects-cache --child-concurrency: --config: --fail-if-no-match
  --changed-files-ignore-pattern: --test-pattern: --latest --interactive --deduped --level: --fix --compatible
  --outdated --groups --name-only --name-status --unicode --git-tag-version --allow-same-version --commit-hooks
  --message: --preid: --sign-git-tag --scope: --init-* --license: --browser: --expect-results --ignore-path: --sizes
  --diff: --diff-* --pack-destination> --out> --filename> --sbom-format: --sbom-type: --userconfig< --shell-emulator
  --list --new-version: --patch --minor --major --prerelease --from: --jobs: --topological --topological-dev
  --exclude: --since: --interlaced --public --why --peers --top-level --extra --virtuals --dependents --private
  --shell-mode --use-node-version: --report-summary --resume-from: --script-shell: --check --call --node-version:
  --pattern: --link --hidden --install --install-if-needed --version --help --allow-build: --ignore-workspace
  --ignore-workspace-root-check --ignore-pnpmfile --merge-git-branch-lockfiles --save-workspace-protocol
  --enable-pre-post-scripts --before: --bin-links
npm, pnpm, yarn, cnpm = .. @_npm --reverse
npm|pnpm|yarn|cnpm install|i|in|ins|inst|add|ci|clean-install|install-test|it|update|up|upgrade|remove|rm|r|un|
  uninstall|unlink|link|ln|dedupe|ddp|prune|rebuild|rb|audit|outdated|ls|list|ll|la|why|explain|view|info|v|pack|
  publish|version|config|set|get|cache|init|create|fund|doctor|ping|search|whoami|root|bin|prefix|import|fetch|store|
  deploy|patch|patch-commit|approve-builds|licenses|env|login|logout|token|owner|access|team|profile|dist-tag|
  deprecate|unpublish|pkg|repo|home|docs|bugs|edit|explore|completion|query|sbom|shrinkwrap|star|stars|org|hook|
  adduser|autoclean|check|generate-lock-entry|plugin|policies|npm|constraints|global|self-update|setup|catalog = @_npm
  --lockfile-dir> --ignore-manifest-check --auto-dedupe --merge-git-branch-* --update-checksums --fetch-*
  --user-agent: --frozen-store --store-dir> --state-dir> --reverse --workspace-packages: --https-proxy~ --http-proxy~
  --npmrc-auth-file~ --save-build --save-types -e --save-prefix: --save-catalog-name: -o --exclude-peers --find-by:
  --only-projects
npm|pnpm|yarn|cnpm create|init = + @_npm
npx, bunx, pnpx = + -y -p: -c: -q -s -w: --yes --no --no-install --package: --call: --quiet --silent --workspace:
  --workspaces --ignore-existing --prefer-offline --bun --offline --registry: --loglevel: --prefix:
  --include-workspace-root --legacy-peer-deps --verbose
uvx, pipx-run = + -p: -q -v -w: --from: --with: --python: --isolated --spec: --quiet --verbose --index-url:
  --with-editable: --with-requirements: --refresh --offline --no-cache --no-*
corepack enable|disable|prepare|use|up|install|pack|cache = * --install-directory> -o> --output>
corepack npm|pnpm|yarn = +
tsc, tsserver, vue-tsc, tsgo = -b -d -h -v -w -p< -t: -m: -i --build --all --init --watch --project< --noEmit
  --noEmitOnError --noUnused* --noImplicit* --noFallthrough* --noUnchecked* --noProperty* --noLib --noResolve
  --noErrorTruncation --noCheck --strict* --target: --module: --moduleResolution: --moduleDetection: --lib: --jsx:
  --jsx*: --jsxFactory: --jsxImportSource: --outDir> --outFile> --rootDir: --rootDirs: --baseUrl: --declaration
  --declarationMap --declarationDir> --emitDeclarationOnly --sourceMap --inlineSourceMap --inlineSources
  --removeComments --esModuleInterop --allowJs --checkJs --allowSyntheticDefaultImports --allowImportingTsExtensions
  --allowUnreachableCode --allowUnusedLabels --allowUmdGlobalAccess --allowArbitraryExtensions --skipLibCheck
  --skipDefaultLibCheck --resolveJsonModule --isolatedModules --isolatedDeclarations --verbatimModuleSyntax
  --incremental --composite --tsBuildInfoFile> --force --verbose --dry --clean --listFiles --listFilesOnly
  --listEmittedFiles --explainFiles --showConfig --traceResolution --diagnostics --extendedDiagnostics
  --generateTrace> --generateCpuProfile> --pretty --preserveWatchOutput --preserveSymlinks --types: --typeRoots:
  --experimentalDecorators --emitDecoratorMetadata --downlevelIteration --importHelpers --useDefineForClassFields
  --forceConsistentCasingInFileNames --exactOptionalPropertyTypes --alwaysStrict --stripInternal --newLine: --locale:
  --maxNodeModuleJsDepth: --assumeChangesOnlyAffectDirectDependencies --stopBuildOnErrors --erasableSyntaxOnly
  --ignoreConfig --version --help < --customConditions: --moduleSuffixes: --paths: --resolvePackageJsonExports
  --resolvePackageJsonImports --rewriteRelativeImportExtensions --useUnknownInCatchVariables --charset:
  --importsNotUsedAsValues: --keyofStringsOnly --noStrictGenericChecks --out> --preserveValueImports --suppress*
  --disable* --emitBOM --mapRoot: --noEmitHelpers --preserveConstEnums --sourceRoot: --jsxFragmentFactory:
  --libReplacement --reactNamespace: --watchFile: --watchDirectory: --fallbackPolling: --synchronousWatchDirectory
  --excludeDirectories: --excludeFiles: -f
svelte-check, attw, publint, knip, depcheck, ts-prune, unimported, madge, dependency-cruiser, depcruise, jscpd,
  size-limit, sort-package-json, syncpack, manypkg, license-checker, npm-check, dotslash = @_any -p< -c< -t -r: -d -x:
  -e: -T: -v: --tsconfig< --threshold: --fail-on-warnings --compiler-warnings: --svelte: --pack --profile:
  --ignore-rules: --production --strict --dependencies --exports --files --include-libs --cache --max-issues:
  --workspace: --use-tsconfig-files --circular --orphans --leaves --image> --dot --json --extensions: --ts-config:
  --webpack-config< --exclude: --include-only: --output-type: --output-to> --validate --metrics --min-tokens:
  --reporters: --why --limit: --ignores: --ignore-dirs: --ignore-bin-package --skip-missing --onlyAllow: --summary
  --excludePackages: --failOn: --customPath: --check
ncu, npm-check-updates = -u -i -m -t: -x: -f: -g -p: -e: -d: -w: -ws -l: -s -a -c: -n -o: --upgrade --interactive
  --minimal --target: --reject: --filter: --global --packageManager: --errorLevel: --dep: --workspaces --workspace:
  --root --deep --doctor --peer --cooldown: --format: --loglevel: --silent --jsonUpgraded --jsonAll --packageFile:
  --cwd: --removeRange --enginesNode --pre
eslint, eslint_d, standard, xo, tslint, jshint, oxlint = -c< -o> -f< -h -v -A: -D: -W: --config< --no-* --env: --ext:
  --global: --parser< --parser-options: --rule: --plugin< --fix --fix-dry-run --fix-type: --fix-suggestions
  --fix-dangerously --ignore-path: --ignore-pattern: --stdin --stdin-filename: --quiet --max-warnings: --output-file>
  --format< --color --inline-config --report-unused-disable-directives* --report-unused-inline-configs: --cache
  --cache-file> --cache-location> --cache-strategy: --init --env-info --error-on-unmatched-pattern
  --exit-on-fatal-error --debug --print-config: --inspect-config --stats --flag: --concurrency: --suppress-all
  --suppress-rule: --prune-suppressions --pass-on-no-patterns --mcp --version --help --type-aware --deny-warnings
  --deny: --warn: --allow: --tsconfig< --import-plugin --react-plugin --jest-plugin --vitest-plugin --jsx-a11y-plugin
  --nextjs-plugin --promise-plugin --node-plugin --silent --threads: --rules --disable-* --project< --space*
  --prettier --verbose --reporter: --jsdoc-plugin --react-perf-plugin --vue-plugin --ignore --type-check -V
  --pass-on-unpruned-suppressions --suppressions-location>
prettier, prettierd, dprint, oxfmt = -c -l -u -w -h -v --check --list-different --write --config< --no-*
  --config-precedence: --ignore-path: --ignore-unknown --stdin-filepath: --parser: --tab-width: --use-tabs
  --print-width: --single-quote --jsx-single-quote --trailing-comma: --semi --bracket-spacing --bracket-same-line
  --arrow-parens: --prose-wrap: --quote-props: --end-of-line: --object-wrap: --experimental-*
  --html-whitespace-sensitivity: --vue-indent-script-and-style --embedded-language-formatting:
  --single-attribute-per-line --insert-pragma --require-pragma --range-start: --range-end: --cursor-offset:
  --log-level: --loglevel: --cache --cache-location> --cache-strategy: --color --debug-check --find-config-path:
  --file-info: --support-info --error-on-unmatched-pattern --with-node-modules --plugin< --editorconfig --version
  --help --diff --staged --allow-no-files --excludes: --includes: --incremental --check-ignore-pragma
biome, rome = @_any --write --unsafe --apply --apply-unsafe --staged --changed --since: --only: --skip: --config-path<
  --diagnostic-level: --max-diagnostics: --error-on-warnings --files-ignore-unknown: --vcs-* --formatter-enabled:
  --linter-enabled: --indent-style: --indent-width: --line-width: --quote-style: --stdin-file-path: --reporter:
  --colors: --no-errors-on-unmatched --skip-errors --suppress --reason: --log-kind: --use-server --javascript-*
  --json-* --css-* --organize-imports-enabled: --assist-enabled: --md-* --yaml-* --graphql-* --grit-* --html-*
  --files-max-size: --format-with-errors* --line-ending: --attribute-position: --bracket-* --expand: --trailing-*
  --use-editorconfig* --jsx-* --quote-* --semicolons: --arrow-parentheses: --linter-* --formatter-* --assist-*
  --indent-*
stylelint, markdownlint, markdownlint-cli, markdownlint-cli2, textlint, alex, write-good, htmlhint, commitlint,
  secretlint, cspell, remark, solhint, pug-lint, stylus, spectral, redocly = @_any -c< -f: -i: -q -o> -r< -d -e: -s:
  -x< -E -V --edit --edit: --last --from: --to: --rule: --rules< --custom-syntax: --formatter: --cache --fix
  --disable-default-ignores --ignore-path: --allow-empty-input --report-* --config-basedir< --stdin --dot --enable:
  --disable: --preset: --experimental --words-only --unique --no-* --show-suggestions --no-must-find-files --gitignore
  --file-list: --exclude: --quiet --ruleset< --fail-severity: --display-only-failures --lint-config: --max-problems:
  --ext: --generate-ignore-file --skip-rule: --skip-decorator: --extends: --why --yes --write-config>
  --compute-edit-info --ignore-disables --cache-strategy: --custom-formatter< --quiet-deprecation-warnings --suppress*
  --globby-options:
jest, ts-jest, jest-cli = @_any -b -c< -e -f -i -o -t: -u -w: -x --bail --cache --cacheDirectory> --changedSince:
  --changedFilesWithAncestor --ci --clearCache --clearMocks --collectCoverage --collectCoverageFrom:
  --collectCoverageOnlyFrom: --color --colors --config< --coverage --coverageDirectory> --coveragePathIgnorePatterns:
  --coverageProvider: --coverageReporters: --coverageThreshold: --detectLeaks --detectOpenHandles --env:
  --errorOnDeprecated --expand --filter< --findRelatedTests --forceExit --json --lastCommit --listTests --logHeapUsage
  --maxConcurrency: --maxWorkers: --noStackTrace --notify --onlyChanged --onlyFailures --openHandlesTimeout:
  --outputFile> --passWithNoTests --projects< --randomize --reporters: --resetMocks --resetModules --restoreMocks
  --rootDir< --roots< --runInBand --runTestsByPath --seed: --selectProjects: --ignoreProjects: --shard: --showConfig
  --showSeed --silent --testEnvironment: --testLocationInResults --testMatch: --testNamePattern:
  --testPathIgnorePatterns: --testPathPattern: --testPathPatterns: --testRegex: --testTimeout: --updateSnapshot
  --useStderr --verbose --watch --watchAll --watchman --workerIdleMemoryLimit: --no-* --debug --preset:
  --injectGlobals < --automock --collectTests --globalSetup< --globalTeardown< --globals: --haste:
  --moduleDirectories: --moduleFileExtensions: --moduleNameMapper: --modulePathIgnorePatterns: --modulePaths<
  --notifyMode: --prettierPath< --resolver< --runner< --setupFiles< --setupFilesAfterEnv< --skipFilter
  --snapshotSerializers< --testEnvironmentOptions: --testFailureExitCode: --testResultsProcessor< --testRunner<
  --testSequencer< --transformIgnorePatterns: --unmockedModulePathPatterns: --waitForUnhandledRejections
  --watchPathIgnorePatterns: --workerGracefulExitTimeout: --workerThreads --transform~
vitest = @_any -r< -c< -u -w -t: --run --watch --root< --config< --dir< --ui --open --api* --silent --hideSkippedTests
  --reporter: --reporters: --outputFile> --outputFile.* --coverage* --coverage.* --mode: --isolate --globals --dom
  --browser* --pool: --poolOptions* --fileParallelism --maxWorkers: --minWorkers: --environment: --passWithNoTests
  --logHeapUsage --allowOnly --dangerouslyIgnoreUnhandledErrors --shard: --changed --sequence* --inspect --inspectBrk
  --inspect-brk --testTimeout: --hookTimeout: --bail: --retry: --diff: --exclude: --expandSnapshotDiff
  --disableConsoleIntercept --typecheck* --project: --slowTestThreshold: --teardownTimeout: --cache* --maxConcurrency:
  --expect* --printConsoleTrace --includeTaskLocation --attachmentsDir> --no-* --merge-reports --mergeReports
  --standalone --clearScreen --update --testNamePattern: --related --includeSource: --compare: --outputJson> --json <
  --injectCjsGlobals --execArgv~ --vmMemoryLimit: --detectAsyncLeaks --sinceLastRun --lastFailed --retry.* --repeats:
  --diff.* --fsModuleCache* --configLoader: --listTags* --clearCache --tagsFilter: --strictTags --experimental*
  --experimentalBundle --sharedViteServer
mocha, ava, tap, tape, jasmine, c8, nyc, istanbul, uvu, cypress, testcafe, wdio, nightwatch = @_any -A -b -c -C -d -e
  -f: -g: -i -j: -n -p -r< -R: -s: -S -t: -u: -w -m: -v -T: -O: --allow-uncaught --async-only --bail --check-leaks
  --delay --dry-run --exit --fail-zero --forbid-only --forbid-pending --full-trace --global: --inline-diffs --invert
  --jobs: --parallel --retries: --slow: --timeout: --ui: --colors --diff --growl --reporter: --reporter-option:
  --reporter-options: --config< --package< --extension: --file< --ignore: --recursive --require< --sort --spec:
  --watch --watch-files: --watch-ignore: --fgrep: --grep: --list-* --match: --serial --concurrency: --update-snapshots
  --node-arguments: --tap --fail-fast --all --include: --exclude: --reports-dir> --report-dir> --temp-directory>
  --check-coverage --lines: --functions: --branches: --statements: --100 --per-file --skip-full --clean --src: --cwd<
  --silent --instrument --nycrc-path< --exclude-after-remap --hook-require --headed --headless --browser: --e2e
  --component --env: --port: --quiet --no-exit --detached --testing-type: --config-file< --project< --coverage-report:
  --test-arg: --no-* --allow-incomplete-coverage --disable-coverage --jsx --show-full-coverage --random: --seed:
  --filter: --stop-on-failure: --globals: --node-option~ --fail-hook-affected-tests --pass-on-failing-test-suite
  --posix-exit-codes --timeouts: -x: --exclude-node-modules --resolve: --wrapper-length: --omit-relative
  --allowExternal --merge-async --experimental-monocart --temp-dir> --ignore-class-methods: --auto-wrap --es-modules
  --parser-plugins: --preserve-comments --produce-source-map --show-process-tree --skip-empty --eager --babel-cache
  --use-spawn-wrap --hook-run-in-context --hook-run-in-this-context
playwright, playwright test|show-report|list-files|merge-reports|clear-cache|install|uninstall|show-trace|codegen|
  open|screenshot|pdf|cr|ff|wk|run-server = -c< -g: -G: -j: -x -u -b: -o> -h --browser: --config< --debug
  --fail-on-flaky-tests --forbid-only --fully-parallel --global-timeout: --grep: --grep-invert: --headed
  --ignore-snapshots --last-failed --list --max-failures: --no-deps --output> --only-changed* --pass-with-no-tests
  --project: --quiet --repeat-each: --reporter: --retries: --shard: --timeout: --trace: --tsconfig< --ui --ui-host:
  --ui-port: --update-snapshots* --update-source-method: --workers: --host: --port: --test-list: --with-deps~
  --dry-run --force --only-shell --no-shell --all --device: --viewport-size: --color-scheme: --lang: --timezone:
  --full-page --wait-for-* --test-id-attribute: --target: < --add-reporter< --last-failed-file> --shuffle*
  --test-list-invert:
webpack, webpack-cli, webpack-dev-server, rspack = @_any -c< -m: -e: -d -w -o> -t: --config< --config-name: --merge
  --mode: --env: --node-env: --devtool: --entry: --target: --watch --stats: --json --analyze --name:
  --fail-on-warnings --output-* --hot --live-reload --open --port: --host: --no-* --cache --profile --bail
  --parallelism: --define-process-env-node-env: --disable-interpret --stats-* --optimization-* --output-path>
  --output-filename: --config-node-env: --cache-* --infrastructure-logging-* --performance-* --progress* --context<
  --dotenv* --externals* --ignore-warnings* --experiments-async-web-assembly --experiments-css
  --experiments-output-module --experiments-top-level-await --experiments-lazy-compilation
  --experiments-cache-unaffected --experiments-typescript --extends< --resolve-* --resolve-loader-*~
  --resolve-plugins~ --snapshot-* --watch-options-* --records-path> --records-output-path> --target-reset
  --entry-reset --devtool-* --amd --dependencies: --module-no-parse* --module-unsafe-cache --experiments-back-compat
  --experiments-defer-import --experiments-future-defaults --experiments-html --experiments-source-import
  --experiments-sync-web-assembly --experiments-lazy-compilation-* --experiments-lazy-compilation-backend-listen-host~
  --experiments-lazy-compilation-backend-client~ --module-expr-* --module-wrapped-* --module-unknown-*
  --module-strict-* --module-generator-* --module-generator-asset-output-path> --module-parser-* --module-rules-test:
rollup, rolldown, vite, rsbuild, parcel, tsup, unbuild, tsdown, microbundle, bob, esmify, swc, babel, turbopack,
  pkgroll, farm = @_any -c< -d> -f: -g: -i: -m -n: -o> -p< -e: -w -t: -x: -l: -s -D --config< --configPlugin<
  --plugin< --amd.* --context: --entryFileNames: --chunkFileNames: --assetFileNames: --banner: --footer: --exports:
  --extend --external: --failAfterWarnings --filterLogs: --globals: --inlineDynamicImports --input: --interop: --name:
  --preserveModules --preserveSymlinks --sourcemap --silent --strictDeprecations --treeshake* --watch* --environment:
  --bundleConfigAsCjs --host --port: --strictPort --cors --open --force --base: --logLevel: --clearScreen --mode:
  --debug --filter: --profile --ssr* --emptyOutDir --outDir> --assetsDir: --assetsInlineLimit: --manifest*
  --ssrManifest* --minify* --target: --app --configLoader: --dts* --dts-resolve --format: --entry* --clean --splitting
  --metafile --legacy-output --tsconfig< --env.* --define.* --publicDir: --replaceNodeEnv --onSuccess! --no-*
  --dist-dir> --public-url: --no-optimize --no-source-maps --no-content-hash --no-cache --cache-dir> --reporter:
  --hmr-port: --https --cert: --key: --lazy* --stub --minify --parallel --presets: --plugins: --extensions:
  --copy-files --source-maps: --out-file> --out-dir> --config-file< --env-name: --root-mode: --only: --ignore:
  --keep-file-extension --delete-dir-on-start --watch-delay: --strip-leading-paths --sync --filename:
  --include-dotfiles --out-extension* --pkg: --generateTypes --compress --strict --unused --workspace --forceExit
  --generatedCode* --hashCharacters: --importAttributesKey: --intro: --maxParallelFileOps: --noConflict --outro:
  --perf --preserveModulesRoot: --shimMissingExports --sourcemapBaseUrl: --sourcemapDebugIds --sourcemapExcludeSources
  --sourcemapFile> --sourcemapFileNames: --waitForBundleInput --keep-names --experimental-dts --ignore-watch:
  --global-name: --jsxFactory: --jsxFragment: --pure: --loader: --shims --inject-style --killSignal: --cjsInterop
  --inject<
esbuild = --bundle --minify* --outfile> --outdir> --outbase: --platform: --target: --format: --external:* --loader:*
  --define:* --sourcemap* --splitting --watch* --serve* --metafile> --entry-names: --chunk-names: --asset-names:
  --banner:* --footer:* --tree-shaking --jsx* --keep-names --log-level: --log-limit: --log-override:* --color
  --alias:* --conditions: --main-fields: --resolve-extensions: --public-path: --global-name: --charset: --drop:*
  --drop-labels: --pure:* --legal-comments: --line-limit: --allow-overwrite --analyze* --tsconfig< --tsconfig-raw:
  --inject:* --packages: --preserve-symlinks --sources-content --source-root: --supported:* --ignore-annotations
  --mangle-* --reserve-props: --certfile: --keyfile: --abs-paths: --version --help --cors-origin* --drop* --footer*
  --banner* --inject< --log-override* --out-extension* --pure* --sourcefile: --supported* --loader* --define*
  --external* --alias*
turbo, nx, lerna, rush, moon, wireit, changeset = @_any -t: -p: -c: -F: -e: -r -f -vv --target: --targets: --projects:
  --project: --all --exclude: --parallel: --maxParallel: --runner: --skip-nx-cache --skipNxCache --skip-remote-cache
  --base: --head: --files: --uncommitted --untracked --with-target: --configuration: --prod --output-style:
  --outputStyle: --nxBail --nx-bail --nxIgnoreCycles --batch --graph* --file> --focus: --groupByFolder --host: --port:
  --view: --open --watch --verbose --dry-run --dryRun --filter: --affected --concurrency: --continue* --force* --only
  --no-* --output-logs: --summarize* --log-order: --log-prefix: --env-mode* --framework-inference --global-deps:
  --daemon --cache* --remote-cache-* --remote-only --profile: --anon-profile: --ui: --preflight --scope: --ignore:
  --since: --include-dependents --include-dependencies --include-merged-tags --stream --sort --no-bail --loglevel:
  --long --toposort --graph --ndjson --purge --bail --reject-cycles --to: --from: --only: --impacted-by: --bump:
  --empty --snapshot --tag: --output> --docker --use-gitignore --out-dir> --run-install --style: --directory:
  --unitTestRunner: --e2eTestRunner: --bundler: --linter: --buildable --publishable --importPath: --name: --standalone
  --routing --skipFormat --skipTests --skip-tests --inlineStyle --inlineTemplate --interactive --codeCoverage --ci
  --testFile: --testNamePattern: --browsers: --source-map --spec: --flat --export --module: --prefix: --defaults
  --single-package --skip-infer --heap> --root-turbo-json< --api~ --team~ --token~
next, nuxt, nuxi, astro, remix, gatsby, svelte-kit, ng, vue, react-scripts, craco, expo, ember, stencil, storybook,
  start-storybook, build-storybook, sb, docusaurus, vuepress, vitepress, eleventy, hexo, gulp, grunt, metro,
  react-native, ionic, cap, tauri, electron-builder, electron-forge, electron, web-ext, capacitor, nest,
  vue-cli-service, quasar, strapi, payload, sanity, hydrogen = @_any -c< -d -D -e: -H: -p: -o> -s: -t: -w -l: -g: -T
  -b -S -a -m --turbo --turbopack --webpack --experimental-* --experimentalUpload* --hostname: --port:
  --keepAliveTimeout: --debug --profile --lint --no-* --no-lint --no-mangling --dir: --fix --strict --cache
  --cache-location> --max-warnings: --quiet --format: --rulesdir~ --prerender --preset: --dotenv: --clear --fork
  --open --host --site: --base: --outDir> --config< --root< --allowed-hosts: --verbose --configuration: --prod
  --optimization --source-map --aot --watch --poll: --progress --browsers: --code-coverage --include: --karma-config<
  --hmr --proxy-config< --ssl --live-reload --style: --routing --skip-install --skip-git --skip-tests --standalone
  --inline-style --inline-template --flat --export --module: --project: --prefix: --change-detection: --dry-run
  --force --defaults --create-commits --allow-dirty --next --migrate-only --from: --to: --watchAll --coverage --ci
  --env: --ios --android --web --tunnel --lan --localhost --dev-client --go --non-interactive --platform:
  --dump-sourcemap --dump-assetmap --output-dir> --bundle-output> --assets-dest> --entry-file: --reset-cache
  --smoke-test --static-dir: --loglevel: --stats-json* --webpack-stats-json* --preview-url: --disable-telemetry
  --enable-crash-reports --docs --initial-path: --exact-port --https --out-dir> --locale: --minify --input: --output>
  --formats: --pathprefix: --serve --incremental --tasks --tasks-simple --gulpfile< --cwd< --series --silent
  --gruntfile< --mac --win --linux --x64 --arm64 --armv7l --ia32 --universal --publish: --prepackaged: --dir
  --projectDir: --asar --target: --bundles: --runner~ --release --source-dir< --artifacts-dir> --ignore-files:
  --overwrite-dest --firefox: --start-url: --url: --simulator: --device: --udid: --mode: --variant: --active-arch-only
  --scheme: --list-devices --tasks: --template: --npm --yarn --pnpm --bun --package-manager: --typescript
  --no-telemetry --legacy-* --library: --spec --no-spec --language: --collection: --path: --watchAssets --exec~
  --entryFile: --sourceRoot: --type-check --builder: --preview --build-only --workspace --frozen --check --generate
nodemon = + @_any -e: -w: -i: -x: -L -V -C -I -d: -s: --ext: --watch: --ignore: --exec: --delay: --signal:
  --legacy-watch --cwd< --config< --inspect --inspect-brk --trace-warnings --spawn --on-change-only --no-stdin --quiet
  --verbose --dump --polling-interval: --require< -r< --exitcrash
husky, lint-staged, lefthook, pre-commit, simple-git-hooks = @_any -p: -a -f -t: -v --hook-type: --hook-stage:
  --all-files --files --from-ref: --to-ref: --source: --origin: --show-diff-on-failure --install-hooks
  --allow-missing-config --overwrite --freeze --bleeding-edge --repo: --commit-msg-filename: --concurrent:
  --allow-empty --relative --diff: --diff-filter: --no-stash --max-arg-length: --config< --commands: --exclude-tags:
  --jobs: --file: --files-from-stdin --no-auto-install --remote-branch: --local-branch: --pre-rebase-branch:
  --pre-rebase-upstream: --commit-object-name: --remote-name: --remote-url: --rewrite-command: --checkout-type:
  --is-squash-merge: --prepare-commit-message-source: -c<
postcss, tailwindcss, sass, node-sass, lessc, svgo, imagemin, terser, uglifyjs, cleancss, html-minifier, purgecss,
  sass-embedded, lightningcss, csso, unocss, panda, windicss = @_any -o> -c -m -i: -w -r -d> -u< -p: -f: -b -q -I< -s:
  -e -O2 -O1 -x -n --compress* --mangle* --module --toplevel --comments* --keep-fnames --keep-classnames --ecma:
  --source-map* --output> --input: --watch --minify --optimize --content: --config< --postcss --poll --style:
  --no-source-map --embed-sources --embed-source-map --load-path< --quiet-deps --update --silence-deprecation:
  --fatal-deprecation: --error-css --charset --indented --stop-on-error --base: --ext: --map --no-map --use< --parser:
  --syntax: --stringifier: --dir> --replace --verbose --env: --multipass --pretty --indent: --precision: --folder:
  --recursive --quiet --output-style: --include-path< --importer< --functions< --css: --source-map-contents
  --collapse-whitespace --remove-* --minify-css --minify-js --targets: --bundle --browserslist --css-modules* --js
  --strict-imports --math: --rewrite-urls: --line-numbers: --modify-var: --global-var: --plugin~
typedoc, jsdoc, documentation, graphql-codegen, openapi-typescript, json2ts, quicktype, swagger-codegen,
  openapi-generator, openapi-generator-cli, orval, msw, kubb, buf, protoc-gen-es = @_any -c< -d> -r -R: -t< -p< -a -o>
  -i: -g: -l: -s: -u: -w -e: --entryPoints: --entryPointStrategy: --out> --json> --tsconfig< --theme: --name:
  --readme: --excludePrivate --excludeInternal --excludeExternals --plugin~ --recurse --package: --destination>
  --configure< --private --access: --template< --require~ --import-types --export-type --immutable
  --additional-properties --alphabetize --path-params-as-types --default-non-nullable --bannerComment: --cwd:
  --declareExternallyReferenced --unreachableDefinitions --lang: --src-lang: --just-types --top-level:
  --acronym-style: --generator-name: --input-spec: --additional-properties: --global-property: --model-package:
  --api-package: --skip-validate-spec --type-mappings: --import-mappings: --config< --watch --errors-only --check
  --against: --path: --exclude-path: --error-format: --limit-to-input-files --disable-symlinks --write --diff
  --exit-code --as-file-descriptor-set --include-imports --include-wkt --save
lighthouse, lhci, bundlewatch, bundlesize, artillery, newman, pact, detox, karma, stryker, backstop, pa11y, percy =
  @_any -r: -e: -d: -n: -g: -c: -o> -k -b: -l: -s: -t: -f: -q --chrome-flags: --output: --output-path> --view
  --only-categories: --only-audits: --preset: --quiet --throttling* --form-factor: --screenEmulation* --budget-path:
  --config< --configuration: --device-name: --record-logs: --take-screenshots: --cleanup --reuse --headless
  --loglevel: --reporters: --iteration-count: --environment: --globals: --env-var: --global-var: --folder:
  --iteration-data: --delay-request: --timeout-request: --bail --insecure --suppress-exit-code --reporter-*
  --single-run --no-single-run --auto-watch --browsers: --mutate: --concurrency: --incremental --dryRunOnly
  --overrides: --target: --count: --num: --standard: --threshold: --runner: --variables: --solo --name:
react-email, shadcn, shadcn-ui, sv, degit, plop, hygen, yo, cookiecutter, copier = @_any -y -o -c: -p: -a -s -d -f -t:
  -r: -b: --overwrite --cwd< --all --path: --silent --src-dir --css-variables --base-color: --template: --defaults
  --data: --trust~ --no-input --checkout: --directory: --replay --output-dir> --overwrite-if-exists
  --skip-if-file-exists --answers-file: --vcs-ref: --types: --no-add-ons --no-install
swagger-cli, patch-package, chromatic, elm, elm-test, elm-format, ast-grep, tsd, api-extractor, ncc, webdriverio,
  puppeteer, node-gyp, prebuildify, napi, neon, svgr, mdformat, dredd, hurl, schemathesis, oasdiff, setuptools,
  lua-language-server, credo, doxygen, mask, xtask, earthly, glow, sd, yamale = @_any -p: -l: -r: -g -y -i -U -f: -s:
  -F -C -n: --pattern: --rewrite: --lang: --rule: --inline-rules: --update-all --globs: --selector: --strictness:
  --optimize --output> --fuzz: --compiler: --validate --test --variable: --very-verbose --report-* --error-format:
  --checks: --hypothesis-* --arch: --target_arch: --jobs: --release --string-mode --flags: --max-replacements:
  --preview --local
prove = -b -l -r -v -q -Q -s -w -t -T -f -o -c -d -j: -I: -P~ -M: -m -e~ --jobs: --recurse --verbose --lib --blib
  --ext: --shuffle --color --nocolor --count --timer --normalize --state: --failures --comments --directives
  --formatter~ --exec~ --harness~ --source~ --merge --parse --dry --archive> --ignore-exit --trap --rules: <
nginx = -t -T -q -v -V -c< -p< -e: -h
dbt compile|parse|ls|list|deps|docs|debug|clean|test|source|show|lint = @_any -s: -m: --select: --models: --exclude:
  --vars: --profiles-dir< --project-dir< --target: --selector: --full-refresh --resource-type: --threads:
R = -e: -f< --vanilla --no-save --no-restore --slave --quiet --silent -q --args$ --version --help --file<
`
