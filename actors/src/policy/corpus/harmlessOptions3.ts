import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Ordinary work with the options that it is ordinarily done with. */
export const harmlessOptions3 = commands(
  "options",
  "everyday",
  raw`
    npx http-server -p 8080 .
    npx json-server --watch db.json --port 3001
    npx localstack || true
    npx eslint --print-config src/a.ts
    npx eslint --init
    npx tsc --init
    npx tailwindcss init -p
    npx shadcn@latest init -d
    npx storybook dev -p 6006
    npx chromatic --dry-run
    npx puppeteer browsers install chrome
    npx playwright show-report
    npx playwright install chromium
    npx cypress open --e2e
    npx cypress verify
    pnpm dlx create-vite app
    pnpm up -i --latest
    pnpm why react
    pnpm store path
    pnpm licenses list
    pnpm run -r lint
    pnpm --filter=!docs build
    yarn up -i
    yarn workspaces foreach -A run build
    yarn workspaces list --json
    yarn constraints
    yarn dedupe --check
    yarn jest --coverage
    yarn run -T eslint .
    corepack pnpm install
    volta pin node@20
    fnm use 20
    mise install
    mise run test
    direnv reload
    just --list
    just test unit
    task build --force
    make -s test ARGS='-v'
    tox run -e py312
    pytest tests -k 'a and b' --no-header -rN -vv
    pytest --cov=src --cov-branch --cov-report html:cov
    pytest -p xdist -n 4
    pytest --durations=5 --durations-min=1
    pytest --pdb -x
    pytest -o log_cli=true --log-cli-level=INFO
    ruff check . --output-format=github
    ruff check --select ALL --ignore D
    mypy --install-types --non-interactive src
    black --check --diff --color .
    isort . --check
    autoflake --in-place --remove-all-unused-imports -r src
    pylint src --fail-under=8
    vulture src --min-confidence 80
    radon cc src -a
    pip-audit -r requirements.txt
    safety check
    pip-compile requirements.in -o requirements.txt
    pipdeptree --packages x
    python -m build --wheel
    hatch build
    poetry build
    poetry check
    poetry env info
    uv build
    uv tree
    uv run pytest
    uv run --with rich python script.py
    uv sync --all-extras --dev
    uv python list
    pdm lock --check
    conda env export
    conda list
    jupyter lab --no-browser --port 8889
    jupyter nbconvert --to notebook --execute nb.ipynb --output out.ipynb
    papermill in.ipynb out.ipynb -p a 1
    streamlit run app.py --server.port 8502
    dvc status
    mlflow ui --port 5001
    sphinx-autobuild docs docs/_build
    mkdocs build --strict
    go test -json ./... | gotestsum
    go test ./... -coverpkg=./... -coverprofile=c.out -timeout 5m
    go build -gcflags='all=-N -l' -o app .
    go build -tags integration -mod=vendor ./...
    go mod vendor
    go mod why -m x
    go work sync
    go list -json ./...
    go version -m bin/app
    go clean -testcache
    go tool cover -func=c.out
    GOOS=linux GOARCH=amd64 CGO_ENABLED=0 go build -o bin/app ./cmd/app
    golangci-lint run --new-from-rev=HEAD~1
    govulncheck ./...
    dlv debug ./cmd/app -- --port 1
    air -c .air.toml
    wire ./...
    mockgen -source=a.go -destination=mocks/a.go -package=mocks
    sqlc generate -f sqlc.yaml
    buf generate --template buf.gen.yaml
    buf breaking --against '.git#branch=main'
    cargo test -- --ignored
    cargo test --doc
    cargo run --example foo --features bar -- arg
    cargo build --target wasm32-unknown-unknown --profile release-lto
    cargo clippy --fix --allow-dirty --allow-staged
    cargo fix --edition
    cargo add tokio -F full
    cargo remove serde
    cargo search serde
    cargo metadata --format-version 1 --no-deps
    cargo expand module::path
    cargo audit --deny warnings
    cargo deny check licenses
    cargo machete
    cargo outdated -R
    cargo watch -x 'test -- --nocapture'
    cargo bench -- foo
    cargo flamegraph --bin app
    cargo new --lib x
    cargo init
    cargo vendor
    cargo tarpaulin --out Xml
    cargo miri test
    trunk serve
    wasm-bindgen --target web --out-dir pkg x.wasm
    mdbook serve -p 3001
    hugo server -D --port 1314
    jekyll build -d _site
    bundle exec rubocop --auto-gen-config
    docker compose logs --no-color > logs.txt
    tail -F logs/*.log
    journalctl -u app -n 50 --no-pager
    systemctl status nginx --no-pager
    ps -eo pid,cmd --sort=-rss | head
    pgrep -fl node
    lsof -iTCP:3000 -sTCP:LISTEN -n -P
    kill $(lsof -ti:3000)
    sleep 5 && curl -s localhost:3000
    timeout 10 bash -c 'until nc -z localhost 5432; do sleep 1; done'
    strings bin/app | head
    nm -D lib.so
    hexdump -C file.bin | head
    xxd -l 64 file.bin
    iconv -f latin1 -t utf8 in.txt > out.txt
    dos2unix src/*.sh
    expand -t 4 a.py
    fmt -w 80 README.md
    pandoc a.docx -t markdown -o a.md
    qpdf --check a.pdf
    pdftotext -layout a.pdf -
    exiftool -json img.jpg
    identify -verbose img.png
    mogrify -resize 50% images/*.png
    cwebp -q 80 a.png -o a.webp
    svgo -f icons -o icons/min
    ffmpeg -i a.mov -ss 00:00:10 -t 5 -c copy b.mp4
    sox in.wav -r 16000 out.wav
    dot -Tpng a.dot > a.png
    plantuml -tsvg docs/*.puml
    mmdc -i a.mmd -o a.svg
    asciidoctor -D out docs/a.adoc
    latexmk -pdf -interaction=nonstopmode main.tex
    shellcheck -s bash -e SC2086 scripts/x.sh
    bats tests/
    checkov -d . --quiet
    trivy fs --severity HIGH .
    semgrep --config auto src
    gitleaks detect --no-git
    codespell --skip=node_modules
    lychee README.md
    typos
    taplo fmt
    ansible-playbook --check -i inv site.yml
  `,
)
