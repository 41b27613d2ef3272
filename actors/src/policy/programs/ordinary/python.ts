const raw = String.raw

/** Package managers and tools of Python. */
export const pythonTools = raw`
pip, pip3, pip-sync = -r< -c< -e< -t> -U -q -v -qq -vv -vvv -I -y -l -o -u -f: -i: -d> -w> -h -V -n --requirement<
  --constraint< --editable< --upgrade --upgrade-strategy: --no-* --pre --force-reinstall --ignore-installed
  --ignore-requires-python --user --system --target> --prefix> --root> --dry-run --require-hashes --prefer-binary
  --only-binary: --python-version: --platform: --implementation: --abi: --index-url: --extra-index-url: --find-links:
  --trusted-host: --progress-bar: --disable-pip-version-check --root-user-action: --use-pep517
  --check-build-dependencies --config-settings: --format: --outdated --uptodate --local --not-required --files
  --exclude: --exclude-editable --all --freeze --path: --timeout: --retries: --report> --break-system-packages
  --python: --cache-dir: --exists-action: --compile --quiet --verbose --version --help --yes --dest> --wheel-dir>
  --algorithm: --log> --isolated --require-virtualenv --use-feature: --include-editable --include-deps --strict
  --universal --reinstall --resolution: --override: --upgrade-package: --all-extras --extra: --index-strategy:
  --link-mode: --output-file> --generate-hashes --annotation-style: --group: --src> --log-file> --cert: --client-cert:
  --global-option: --build-option: --egg --debug --use-deprecated: --keyring-provider: -C: --proxy~
uv, poetry, pipenv, pdm, hatch, rye, pixi, bundle, bundler, composer, conda, mamba, micromamba, pipx = + -h -V -q -v
  -vv -vvv -n -C: -p: -d: -a -o: -W -D -N -e: -P: -f: -G: -E: -m: -s -t: -c: -i: -j: -k -y -x -A -w -L -r< -U -l -F:
  -b: -B -O --version --help --quiet --verbose --no-* --project: --directory: --working-dir: --python: --with:
  --without: --only: --group: --all-groups --only-group: --only-dev --dev --prod --production --extra: --extras:
  --all-extras --frozen --frozen-lockfile --locked --sync --root --interactive --dry-run --upgrade --upgrade-package:
  --reinstall --reinstall-package: --refresh --refresh-package: --resolution: --prerelease: --fork-strategy:
  --exclude-newer: --link-mode: --compile-bytecode --offline --cache-dir: --managed-python --python-preference:
  --color: --native-tls --config-setting: --index-strategy: --keyring-provider: --isolated --active --exact --editable
  --with-editable: --with-requirements< --env-file: --package: --all-packages --module --script: --index-url: --index:
  --default-index: --find-links: --seed --clear --system-site-packages --prompt: --relocatable --allow-existing
  --universal --tree --depth: --prune: --invert --outdated --show-sizes --format: --output-file> --output>
  --output-format: --hashes --annotate --header --emit-* --export-format --wheel --sdist --out-dir> --bare --app --lib
  --name: --description: --author: --build-backend: --vcs: --author-from: --pin-python --readme: --dependency:
  --dev-dependency: --license: --bump: --short --latest --top-level --why --all --compact --optional: --source: --rev:
  --branch: --tag: --local: --no-dev --lock --check --strict --next-phase --only-main --remove-untracked --regenerate
  --site-packages --keep-outdated --pre --deploy --skip-lock --reverse --json --json-tree --python-path --venv --where
  --envs --man --support --categories: --prod-only --default --global~ --update-reuse --update-eager --update-all
  --save-* --unconstrained --strategy: --env: --ignore: --recreate-venv --lockfile< --fields: --include: --exclude:
  --cover --cover-quiet --parallel --randomize --show --all-matrices --filter: --fix --diff --unsafe-fixes --preview
  --target: --clean --ext --hooks-only --name-only --jobs: --path: --retry: --standalone --binstubs --conservative
  --major --minor --patch --gemfile< --redownload --full-index --prefer-local --add-platform: --add-checksums
  --only-explicit --groups --trust-policy: --deployment --local --parseable --filter-* --paths --name-with-owner
  --prefer-dist --prefer-source --prefer-install: --optimize-autoloader --classmap-authoritative --apcu-autoloader
  --ignore-platform-reqs --ignore-platform-req: --with-all-dependencies --with-dependencies --update-with-dependencies
  --update-with-all-dependencies --minimal-changes --prefer-stable --prefer-lowest --sort-packages --fixed
  --download-only --no-scripts --audit --abandoned: --direct --platform --available --self --installed --strict-psr
  --strict-ambiguous --profile --ansi --require: --require-dev: --stability: --type: --minor-only --patch-only
  --timeout: --environment: --prefix: --channel: --override-channels --file< --yes --solver: --update-deps
  --freeze-installed --revision: --copy --clone: --use-local --index-cache --tarballs --packages --explicit --export
  --from-history --canonical --show-channel-urls --full-name --live-stream --no-capture-output --features: --platform:
  --pypi --manifest-path< --feature: --concurrent-downloads: --strict-channel-priority --channel-priority: --spec:
  --suffix: --include-deps --pip-args~ --backend: --include-injected
venv, virtualenv = -p: --python: --system-site-packages --symlinks --copies --clear --upgrade --without-pip --prompt:
  --upgrade-deps -v -q --seeder: --no-* --always-copy --pip: --setuptools: --wheel: --activators: --download -d
  --without-scm-ignore-files
unittest, nose2 = -v -q -f -c -b -k: -s: -p: -t: -h --verbose --quiet --locals --failfast --catch --buffer
  --durations: --start-directory: --pattern: --top-level-directory: --start-dir: --config< --with-coverage -N: <
pytest, py.test = -k: -m: -x -v -vv -vvv -q -qq -s -l -r* -n: -f -c< -h -V -W: -d -b
  -p^no:*,xdist*,pytest_*,pytester,anyio,asyncio -rA --lf --ff --nf --sw --pdb --co --cov* --cov-* --cov-config<
  --cov-report: --maxfail: --last-failed --failed-first --new-first --stepwise* --cache-show* --cache-clear --verbose
  --quiet --verbosity: --no-* --tb: --show-capture: --full-trace --color: --code-highlight: --capture: --runxfail
  --durations* --junit-xml> --junitxml> --junit-prefix: --strict --strict-* --collect-only --ignore: --ignore-glob:
  --deselect: --keep-duplicates --collect-in-virtualenv --import-mode: --doctest-* --basetemp> --setup-only
  --setup-show --setup-plan --trace --fixtures --fixtures-per-test --funcargs --markers --exitfirst --showlocals
  --disable-warnings --disable-pytest-warnings --pythonwarnings: --log-level: --log-format: --log-date-format:
  --log-cli-level: --log-cli-format: --log-file> --log-file-level: --log-disable: --numprocesses: --dist:
  --maxprocesses: --forked --reruns: --reruns-delay: --timeout: --timeout-method: --html> --self-contained-html
  --benchmark-* --randomly-* --random-order* --snapshot-update --asyncio-mode: --reuse-db --create-db --ds:
  --nomigrations --migrations --sugar-* --picked* --testmon* --flake-finder --flake-runs: --count: --hypothesis-*
  --json-report* --md-report* --alluredir> --clean-alluredir --headed --headless --browser: --slowmo: --tracing:
  --video: --screenshot: --update-goldens --runslow --slow --integration --e2e --live --only-* --with-* --skip-*
  --run-* --rootdir< --confcutdir: --failfast --locals --buffer --pattern: --start-directory: --top-level-directory:
  --inf --docs -t: < --override-ini^log_*,xfail_strict*,junit_*,asyncio_*,cache_dir*,filterwarnings*,norecursedirs*
  --noconftest --lfnf: --sw-skip --sw-reset --continue-on-collection-errors --xfail-tb --report-chars: --assert:
  --log-cli-date-format: --log-file-mode: --log-file-format: --force-short-summary --max-warnings: --trace-config
  --version --help
  -o^addopts=,*=true,*=false,cache_dir=.*,cache_dir=build*,log_*,junit_*,markers=*,console_output_style=*,asyncio_mode=*,xfail_strict=*,testpaths=*,python_files=*,python_classes=*,python_functions=*,timeout=*,minversion=*,norecursedirs=*,filterwarnings=*,faulthandler_*,truncation_*,verbosity_*
  --pdbcls~ --last-failed-no-failures: --pastebin~ --config-file< --disable-plugin-autoload --debug
  --log-file-date-format: --log-auto-indent: --max-worker-restart: --loadscope-reorder --tx~ --px~ --rsyncdir~
  --testrunuid: --maxschedchunk: --looponfail --anyio-mode:
tox, nox = -e: -s: -r -p: -q -v -vv -l -a -k: -t: -c< -f< -R -n -x -N -o -h -d: --recreate --parallel --parallel-live
  --sessions: --session: --keywords: --tags: --reuse-existing-virtualenvs --no-* --list --list-sessions --notest
  --skip-* --skip-missing-interpreters --showconfig --workdir> --result-json> --sitepackages --develop --installpkg:
  --devenv --python: --pythons: --force-python: --error-on-* --stop-on-first-error --install-only --verbose
  --non-interactive --envdir> --report> --color --forcecolor --nocolor --noxfile< --conf< --root<
  --default-venv-backend: --db: --force-venv-backend: --json --version -- --listenvs --listenvs-all --sdistonly --pre
  --hashseed: --force-dep: --alwayscopy --help-ini --parallel--safe-build --exit-and-dump-after: --list-dependencies
  -m: --colored: --stderr-color: --runner: --discover< -b --pkg-only --fail-fast --override~ --quiet --reuse-venv:
  --script-mode: --script-venv-backend: -P: --download-python: --extra-python: --extra-pythons: --force-pythons: -j:
  --usage --add-timestamp --force-color
coverage run = -m$ -p -a --append --branch --concurrency: --context: --data-file> --include: --omit: --source:
  --parallel-mode --rcfile< --timid -L -C --pylib + --keep-combined --debug: --module$ --save-signal: -h
coverage, coverage report|html|xml|json|lcov|combine|erase|annotate|debug|help = -a -d> -i -m -o> -q --append --keep
  --quiet --data-file> --contexts: --directory> --fail-under: --include: --omit: --ignore-errors --show-missing
  --skip-covered --no-skip-covered --skip-empty --show-contexts --title: --precision: --rcfile< --sort: --format:
  --output> --pretty-print --version --help
mypy, dmypy, stubtest = -p: -m: -c: -v -h -V --strict* --ignore-missing-imports --follow-imports: --python-version:
  --platform: --namespace-packages --explicit-package-bases --disallow-* --allow-* --check-untyped-defs --warn-*
  --no-* --show-* --hide-* --pretty --config-file< --exclude: --package: --module: --cache-dir> --incremental
  --cache-fine-grained --skip-* --sqlite-cache --install-types --non-interactive --junit-xml> --junit-format:
  --enable-error-code: --disable-error-code: --local-partial-types --implicit-* --html-report> --txt-report>
  --xml-report> --cobertura-xml-report> --linecount-report> --linecoverage-report> --any-exprs-report>
  --lineprecision-report> --error-summary --scripts-are-modules --fast-module-lookup --follow-untyped-imports
  --verbose --dump-* --output: --extra-checks --always-true: --always-false: --untyped-calls-exclude:
  --enable-incomplete-feature: -- --command: --python-executable< --soft-error-limit: --pdb --tb --raise-exceptions
  --custom-typing-module: --custom-typeshed-dir< --shadow-file: --xslt-* --find-occurrences: --version -O:
  --report-deprecated-as-note --deprecated-calls-exclude: --color-output --fixed-format-cache -n: --num-workers:
  --exclude-gitignore
pyright, basedpyright, pytype, pyre, ty = @_any -p< -v: -t: -w -k -j: -d: -V: -x: --project< --pythonversion:
  --pythonplatform: --pythonpath: --venvpath: --verifytypes: --ignoreexternal --createstub: --dependencies --lib
  --outputjson --skipunannotated --stats --level: --threads --verbose --watch --warnings --writebaseline --keep-going
  --python-version: --ignore:
ruff, ruff check|format|rule|config|linter|clean|server|analyze|version|help = @_any -e -n -q -s -v -w -o> -t:
  --add-noqa --fix --unsafe-fixes --no-* --diff --select: --extend-select: --ignore: --extend-ignore:
  --per-file-ignores: --extend-per-file-ignores: --fixable: --unfixable: --extend-fixable: --exclude:
  --extend-exclude: --respect-gitignore --force-exclude --preview --config< --isolated --target-version:
  --line-length: --output-format: --output-file> --stdin-filename: --extension: --statistics --show-files
  --show-settings --exit-zero --exit-non-zero-on-fix --watch --cache-dir> --check --range: --all
  --exit-non-zero-on-format --show-fixes --fix-only --ignore-noqa --add-ignore*
black, isort, flake8, pylint, pydocstyle, pycodestyle, autopep8, yapf, autoflake, pyupgrade, vulture, bandit, radon,
  xenon, interrogate, codespell, docformatter, darglint, pyflakes, mccabe, djlint, sqlfluff, blue, ufmt, refurb,
  add-trailing-comma, wily, typos, misspell, lizard, licensee, cfn-lint, yamllint, yamlfix = @_any -l: -t: -S -C -q -v
  -w -i -a -aa -aaa -r -d -x: -s: -e: -f: -m: -k: -n: -j: -o> -p: -ll -lll -ii -iii -b: -B: -L: -I: -D -H -R -u -nc
  --line-length: --line-width: --target-version: --pyi --ipynb --skip-* --preview --unstable --check --check-only
  --diff --color --include: --exclude: --extend-exclude: --force-exclude: --stdin-filename: --workers:
  --required-version: --experimental-* --fast --safe --line-ranges: --python-cell-magics: --profile: --settings<
  --settings-path< --settings-file< --sp< --src: --multi-line: --trailing-comma --atomic --force-* --combine-as
  --combine-star --lines-* --wrap-length: --line-ending: --section-default: --known-* --project: --thirdparty:
  --filter-files --skip-glob: --gitignore --show-* --remove-redundant-aliases --only-modified --interactive --dt
  --float-to-top --max-line-length: --max-complexity: --max-doc-length: --select: --extend-select: --ignore:
  --extend-ignore: --per-file-ignores: --statistics --count --benchmark --bug-report --show-source --exit-zero
  --isolated --config< --append-config< --hang-closing --indent-size: --disable-noqa --doctests --format:
  --output-file> --tee --filename: --disable: --enable: --rcfile< --errors-only --reports: --score: --msg-template:
  --jobs: --persistent: --recursive: --ignore-paths: --ignore-patterns: --fail-under: --fail-on: --list-* --generate-*
  --output-format: --evaluation: --disable-all --extension-pkg-* --py-version: --notes: --min-similarity-lines:
  --good-names: --convention: --add-ignore: --add-select: --match: --match-dir: --explain --aggressive --in-place
  --experimental --line-range --pep8-passes: --global-config< --ignore-local-config --style:
  --remove-all-unused-imports --remove-unused-variables --ignore-init-module-imports --expand-star-imports --imports:
  --keep-* --py3*-plus --py3*-only --min-confidence: --sort-by-size --make-whitelist --ignore-names:
  --ignore-decorators: --tests: --severity-level: --confidence-level: --baseline: --skip: --aggregate: --min: --max:
  --total-average --max-absolute: --max-modules: --max-average: --generate-badge> --write-changes --ignore-words:
  --ignore-words-list: --check-filenames --check-hidden --quiet-level: --builtin: --dictionary: --interactive:
  --dialect: --templater: --rules: --processes: --nocolor --disable-progress-bar --reformat --lint --strict
  --no-warnings --config-data: --config-file< --non-zero-exit-code --include-checks: --ignore-checks: --format-css
  --indent: --wrap-summaries: --wrap-descriptions: --black --blank --pre-summary-newline --no-* --stdin-display-name:
  --enable-extensions: --builtins: --include-in-doctest: --exclude-from-doctest: --install-hook~ --dont-skip: --top:
  --multi_line: --add_import: --force_adds --remove_import: --length_sort --force_single_line_imports --balanced
  --order-by-type --length-* --combine-* --code: -c: --enable-unstable-feature: --require-plugins: --ini< --number:
  --configfile< --confidence: --ignore-nosec --uri-ignore-words-list: --uri-regex: --ignore-sic --stdin-single-line
  --toml< --disable-colors --enable-colors --ignore-regex: --ignore-multiline-regex: --regex: --exclude-file:
  --hard-encoding-detection: --after-context: --before-context: --context:
pip-compile, pipdeptree, pip-licenses, python-build, flit, hatchling, maturin, pyinstaller, nuitka, cython,
  cibuildwheel, safety, pip-audit, pydeps, liccheck = < @_any -o> -U -P: -r< -w -n -x -s -q -f: -p: -l -e: -a -m: -i:
  -C: -D -F -y -3 -X: --upgrade --upgrade-package: --output-file> --generate-hashes --allow-unsafe --strip-extras
  --resolver: --extra: --all-extras --annotation-style: --no-* --index-url~ --extra-index-url~ --pip-args~ --dry-run
  --header --rebuild --build-isolation --unsafe-package: --wheel --sdist --outdir> --skip-dependency-check
  --installer: --reverse --packages: --exclude: --json --json-tree --graph-output: --warn: --local-only --user-only
  --python: --depth: --from: --order: --format: --with-* --summary --fail-on: --allow-only: --ignore-packages:
  --release --strip --interpreter: --manylinux: --compatibility: --skip-auditwheel --zig --target: --features:
  --cargo-extra-args~ --bindings: --locked --extras: --symlink --user~ --onefile --onedir --windowed --console --name:
  --icon: --add-data: --add-binary: --hidden-import: --collect-* --exclude-module: --clean --noconfirm --distpath>
  --workpath> --specpath> --paths: --standalone --follow-imports --include-* --output-dir> --output-filename:
  --remove-output --module --jobs: --lto: --enable-plugin: --show-* --assume-yes-for-downloads --annotate --embed
  --inplace --force --verbose --requirement< --strict --fix --skip-editable --vulnerability-service: --cache-dir>
  --ignore-vuln: --require-hashes --disable-pip --desc --aliases --platform: --arch: --only: --print-build-identifiers
  --max-bacon: --show-deps --cluster --rankdir: --noshow --show-cycles --only --full-report --short-report --file<
  --key~ --newline: --reuse-hashes --max-rounds: --emit-* -c: --constraint: --build-deps-for: --all-build-deps
  --only-build-deps --uploaded-prior-to:
sphinx-build, sphinx-quickstart, sphinx-apidoc, sphinx-autobuild, mkdocs, pdoc, pydoc, pydoc3, mkdocs-build, mkdocs|
  mkdocs build|serve|new|get-deps|gh-deploy = @_any -b: -d> -j: -W -n -v -q -E -a -T -D: -A: -N -t: -w> -M: -f< -s -o>
  -c< -k: -H -p: -C --keep-going --fail-on-warning --fresh-env --write-all --nitpicky --color --jobs: --builder:
  --doctree-dir> --warning-file> --define: --html-define: --tag: --exception-on-warning --show-traceback --sep --dot:
  --project: --author: --release: --language: --suffix: --master: --epub --ext-* --extensions: --makefile --no-*
  --batchfile --use-make-mode --separate --private --module-first --implicit-namespaces --tocfile: --maxdepth:
  --follow-links --full --templatedir: --force --host: --port: --ignore: --re-ignore: --watch: --open-browser --delay:
  --pre-build~ --post-build~ --config-file< --strict --theme: --use-directory-urls --site-dir> --clean --dirty
  --dirtyreload --livereload --dev-addr: --watch-theme --docformat: --output-directory> --html --output-dir>
  --template-dir< --footer-text: --logo: --math --mermaid --search --conf-dir< -Q --isolated --pdb
jupyter, nbconvert, papermill, jupytext, nbstripout, nbqa = < @_any -p: -y -f: -k: -o> --to: --execute --inplace
  --output> --output-dir> --allow-errors --no-* --ip: --port: --port-retries: --notebook-dir: --stdout --stdin
  --template: --TagRemovePreprocessor.* --ExecutePreprocessor.* --ClearOutputPreprocessor.* --clear-output
  --log-level: --kernel: --parameters: --parameters_* --parameters_raw: --progress-bar --log-output --cwd: --from:
  --sync --set-formats: --update --test --pipe~ --check~ --paired-paths --execution-timeout: --report-mode --status
  --attributes: --keep-* --extra-keys: --nbqa-* --nbqa-diff --version --paths --json --sys-prefix --user --browser:
  --debug --generate-config --list kernelspec --show-config-json --coalesce-streams --show-input --embed-images
  --sanitize-html --template-file< --nbformat: --reveal-prefix: --allow-chromium-download~ --writer~ --post~
dvc, mlflow, invoke, inv, doit, scons, waf, behave, robot, robotframework, scrapy, streamlit, gradio, celery, locust,
  pybabel, typer, ansible-lint = @_any -r< -f< -e: -l -s -n: -t: -i: -v -a -o> -d: -c< -m -q -k -D: -A: -Q: -P: -E -B
  -j: -w: -u: -H -b: -x -p: --server.* --browser.* --theme.* --logger.* --runner.* --global.* --client.* --collection:
  --no-* --list --tags: --stop --dry-run --format: --outfile> --outputdir> --variable: --variablefile< --include:
  --exclude: --loglevel: --log: --report: --output> --suite: --test: --spider: --set: --logfile> --pidfile> --nolog
  --concurrency: --pool: --queues: --hostname: --beat --max-tasks-per-child: --time-limit: --soft-time-limit:
  --autoscale: --without-* --broker~ --result-backend: --app< --workdir< --scheduler: --schedule: --loader~ --headless
  --users: --spawn-rate: --run-time: --host: --locustfile< --csv> --only-summary --autostart --web-host: --web-port:
  --processes: --class-picker --stop-timeout: --recursive --parallel --define: --junit --junit-directory> --summary
  --no-capture --no-skipped --wip --lang: --stage: --logging-level: --targets: --all-pipelines --interactive --force
  --pull --downstream --single-item --rev: --all-branches --all-tags --all-commits --desc: --with-deps --run-cache
  --experiment-name: --run-id: --backend-store-uri~ --default-artifact-root~ --port: --echo --pty --dry --hide:
  --prompt-for-sudo~ --search-root: --keep-going --debug:
uvicorn, gunicorn, hypercorn, daphne, waitress-serve, granian, fastapi, fastapi dev|run, flask, flask run|routes|
  shell|init-db|db|--help = @_any -w: -k: -b: -p: -c< -n: -t: -D~ -e: -A< --app< --reload* --host: --port: --uds>
  --fd: --workers: --env-file: --log-config< --log-level: --access-log --no-* --use-colors --proxy-headers
  --forwarded-allow-ips: --root-path: --limit-* --backlog: --timeout-* --ssl-keyfile: --ssl-certfile: --ssl-ca-certs:
  --header: --factory --app-dir< --loop: --http: --ws* --lifespan: --interface: --bind: --worker-class:
  --worker-connections: --threads: --timeout: --graceful-timeout: --keep-alive: --keepalive: --max-requests:
  --max-requests-jitter: --preload --chdir< --daemon~ --pid> --access-logfile> --error-logfile> --access-logformat:
  --capture-output --config< --check-config --print-config --name: --proc-name: --statsd-* --reuse-port
  --worker-tmp-dir: --debug --debugger --extra-files: --exclude-patterns: --with-threads --without-threads --cert:
  --key: --sort: --all-methods --listen: --url-scheme: --call --path: --verbosity: --http2 --server-header
  --date-header --ssl-keyfile-password: --ssl-version: --ssl-cert-reqs: --ssl-ciphers:
  --h11-max-incomplete-event-size: --reset-contextvars --spew -u: -g: --umask: --initgroups
  --disable-redirect-access-to-syslog --log-* --logger-class< --log-config-json< --log-syslog-to~ --dogstatsd-tags:
  --enable-* --protocol: --proxy-* --pythonpath< --paste< --paster< --keyfile: --certfile: --cert-reqs: --ciphers:
  --ca-certs: --suppress-* --do-handshake-on-connect --http-* --http2-* --permit-* --strip-header-spaces --casefold-*
  --forwarder-headers: --header-map: --asgi-* --websocket-* --dirty-*
django-admin, manage.py = * --pythonpath< -o> --output> -c: --command: --settings: --database: -v: --verbosity: -k: --app: --format: --indent: --exclude: <
isort = * -o: -d -c -s: -p: -f: -i: -l: -w: -m: -t: -b: -j: --sp< --settings-path< --settings-file< --settings< --config-root<
  --cr< --formatter~ --virtual-env< --conda-env< --src< --src-path< --filename:
pylint = * --init-hook~ --load-plugins< --rcfile< --output> --import-graph> --ext-import-graph> --int-import-graph>
  --spelling-private-dict-file> --source-roots< -d: -e: -f: -r: -j: -s: -d:
alembic = -c< -n: -x: -q --config< --name: --raiseerr --verbose
alembic current|history|heads|branches|check|show|upgrade|downgrade|revision|stamp|merge|edit|init|list_templates|
  ensure_version = -c< -n: -x: -m: -r: -v -i -t: --config< --verbose --autogenerate --message: --sql --head: --splice
  --branch-label: --version-path: --rev-id: --depends-on: --tag: --rev-range: --indicate-current
  --resolve-dependencies --purge --template: --package --check-heads
`
