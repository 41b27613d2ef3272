import { commands } from "./CorpusCommand.ts"

const raw = String.raw

export const harmlessMore3 = commands(
  "ordinary work",
  "everyday",
  raw`
    git add src/app.ts && git commit -m "Add app" && git log -1 --stat
    git diff --word-break || git diff --word-diff
    git log --follow -p -- README.md | head -200
    git show-branch
    git blame -w src/a.ts | grep me
    git checkout -t origin/feature
    git checkout feature -- docs/
    git rebase -i HEAD~3
    git commit --fixup HEAD~1
    git merge origin/main --no-edit
    git cherry-pick --continue
    git stash show -p
    git stash apply
    git difftool --tool-help
    git branch --merged | grep -v main
    git branch --show-current
    git remote show origin
    git config --get remote.origin.url
    git worktree remove ../wt-fix
    git submodule status
    git lfs ls-files
    git grep -l TODO | wc -l
    git diff | wc -l
    git ls-tree -r HEAD --name-only
    git log --author="Bob" --oneline | wc -l
    npm run typecheck && npm run lint && npm test
    npm test --silent
    npm run build --if-present
    npm install --no-audit --no-fund
    npm uninstall lodash
    npm run -s lint
    npm exec -- tsc --version
    npm update
    npm --prefix web run build
    npm -w packages/a test
    npx tsc --noEmit 2>&1 | head -50
    npx eslint . --format json > eslint.json
    npx prettier -c "src/**/*.{ts,tsx}"
    npx vite build --mode staging
    npx nx run-many -t test
    npx turbo build --filter=web
    npx rimraf dist
    npx mocha --watch
    npx ts-node -e "console.log(1)"
    npx serve dist
    npx http-server ./dist -p 8080
    yarn tsc --noEmit
    yarn lint --fix
    yarn workspace web build
    yarn why lodash
    pnpm run build
    pnpm test -- --run
    pnpm --dir web build
    pnpm ls
    pnpm up
    bun run build
    bun add zod
    deno fmt --check
    deno task dev
    node scripts/build.mjs --prod
    node --inspect server.js
    node --loader ts-node/esm src/index.ts
    node dist/index.js | head
    node -e "console.log(process.versions.node)"
    node -e "console.log([1,2,3].map(x => x * 2))"
    python main.py
    python -m mypackage.cli --help
    python -m pytest --cov=src --cov-report=term-missing
    python -m black src tests
    python -m mypy --strict src
    python3 -m compileall src
    python3 -c "print('hello')"
    python3 -c "import sys; print(sys.path)"
    python3 -c "import platform; print(platform.platform())"
    python3 -c "import json; d=json.load(open('a.json')); print(d['k'])"
    python3 -c "import pandas as pd; print(pd.read_csv('a.csv').head())"
    python3 -c "import math; print(math.pi)"
    python3 -c "from datetime import datetime; print(datetime.now())"
    python3 -c "import time; t=time.time(); print(t)"
    python3 -c "import this"
    pytest --collect-only -q
    pytest -x --lf
    pytest tests -n auto
    pip install -r requirements.txt -r dev.txt
    pip check
    pip install -e ".[dev]"
    python3 -m venv env && . env/bin/activate && pip install pytest
    poetry run python main.py
    poetry lock --no-update
    poetry show --tree
    pipenv install --dev
    uv add requests
    uv lock
    uv venv
    hatch run test
    ruff check --select I --fix .
    pylint src | tail -5
    bandit -r src
    cargo build 2>&1 | grep -E "^(warning|error)"
    cargo test -- --test-threads=1
    cargo update -p serde
    cargo metadata --format-version 1 | jq .packages[].name
    cargo clippy --all-targets --fix --allow-dirty
    cargo install --list
    cargo run --release -- input.txt
    rustc --explain E0382
    wasm-pack build
    go build -o bin/server ./cmd/server && ./bin/server --version
    go test -v ./... 2>&1 | tee test.out | grep -c PASS
    go test -fuzz=FuzzX -fuzztime=10s ./x
    go vet ./... && staticcheck ./...
    go env GOPATH
    go install ./...
    golangci-lint run --fix
    make -j$(nproc)
    make V=1 test 2>&1 | tail -100
    make clean all
    make -f Makefile.dev test
    make check-format
    cmake -B build -G Ninja && cmake --build build
    ./configure && make
    autoreconf -fi
    g++ -O2 main.cpp -o main && ./main < in.txt
    clang -fsyntax-only a.c
    clang-tidy src/*.cpp
    gcov a.c
    gdb -batch -ex bt -c core ./app
    objdump -d a.o | less
    readelf -h a.out
    ldd ./app
    mvn -q test -Dtest=FooTest
    mvn compile exec:java
    ./gradlew test --info | tail -50
    gradle dependencies
    java -jar target/app.jar --help
    javac -d out src/*.java
    kotlinc main.kt -include-runtime -d main.jar
    sbt compile
    dotnet build -c Release
    dotnet format --verify-no-changes
    dotnet add package Newtonsoft.Json
    bundle update rails
    bundle exec rake test
    bin/rails db:migrate RAILS_ENV=test
    rails routes | grep users
    rspec spec/a_spec.rb:10
    rubocop -a
    php bin/console cache:clear
    composer require monolog/monolog
    ./vendor/bin/pest
    php -S localhost:8000
    mix format --check-formatted
    ghc Main.hs
    stack build
    dart analyze
    flutter build apk
    swiftlint
    xcodebuild -list
    docker build . -t test && docker run --rm test
    docker compose logs --tail=100 web
    docker compose restart web
    docker compose up --build -d && docker compose ps
    docker ps --filter status=running -q
    docker exec -it web bash -c 'ls -la /app'
    docker exec db psql -U app -c 'select 1'
    docker inspect -f '{{.State.Status}}' web
    docker logs web 2>&1 | grep -i error
    docker run --rm -p 8080:80 nginx
    docker run --rm -e FOO=bar myimage env
    docker rmi old-image
    docker version
    kubectl get pods -l app=web -o jsonpath='{.items[*].metadata.name}'
    kubectl logs web-1 -c app --previous
    kubectl get events --sort-by=.lastTimestamp
    kubectl config get-contexts
    kubectl version --client
    helm show values bitnami/redis
    terraform fmt -check -recursive
    terraform show -json plan.out | jq .
    terraform state list
    aws s3 ls s3://b --recursive --human-readable
    aws lambda list-functions
    aws cloudformation describe-stacks
    gcloud compute instances list
    az vm list -o table
    psql app_dev -c "SELECT * FROM users ORDER BY created_at DESC LIMIT 10"
    psql -At -c "show server_version"
    sqlite3 data.db ".tables"
    sqlite3 -header -csv data.db "select * from a" > a.csv
    mysql -u dev app -e "SELECT COUNT(*) FROM orders WHERE status='delete'"
    redis-cli info | grep used_memory_human
  `,
)
