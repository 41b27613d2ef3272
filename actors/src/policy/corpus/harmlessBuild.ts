import { commands } from "./CorpusCommand.ts"

const raw = String.raw

export const harmlessBuild = [
  ...commands(
    "build and test",
    "everyday",
    raw`
    npm test
    npm ci
    npm install
    npm i lodash
    npm install --save-dev vitest
    npm run build
    npm run lint -- --fix
    npm run dev &
    npm run test:unit -- --watch=false
    npm ls --depth=0
    npm outdated
    npm audit
    npm view react version
    npm pack --dry-run
    npm version patch --no-git-tag-version
    npm init -y
    npm test -- --grep "parser" 2>&1 | tail -50
    timeout 60 npm test
    CI=1 npm test
    NODE_ENV=test npx vitest run src/a.test.ts
    env FORCE_COLOR=0 npm run build
    npx tsc --noEmit
    npx tsc -p tsconfig.json | head -30
    npx eslint src --ext .ts
    npx prettier --check .
    npx prettier --write src/a.ts
    npx vitest run
    npx jest --coverage
    npx playwright test --project=chromium
    npx create-vite app --template react-ts
    npx ts-node src/index.ts
    npx tsx watch src/server.ts
    yarn
    yarn install --frozen-lockfile
    yarn build
    yarn test --runInBand
    yarn add -D typescript
    pnpm install
    pnpm -r build
    pnpm --filter api test
    pnpm add zod
    pnpm exec tsc
    bun install
    bun test
    bun run src/index.ts
    tsc -b
    eslint . --max-warnings 0
    oxlint
    vitest run --reporter=dot
    jest src/a.test.js -t 'adds'
    mocha test/**/*.spec.js
    webpack --mode production
    vite build
    next build
    node script.js
    node --test
    node --test test/*.test.js
    node -e "console.log(1+1)"
    node -p "process.version"
    node -e "console.log(require('./package.json').version)"
    node --env-file=.env.test server.js
    deno test
    python3 script.py --flag
    python -m pytest tests/ -k "parser and not slow" -x -q
    pytest -k foo
    pytest tests/test_a.py::TestX::test_y -vv
    python3 -m unittest discover
    python3 -m venv .venv
    source .venv/bin/activate && pip install -r requirements.txt
    .venv/bin/pip install pytest
    pip install -e .
    pip install -r requirements-dev.txt
    pip list
    pip freeze > requirements.txt
    pip show requests
    python3 -c "import sys; print(sys.version)"
    python3 -c "print(2**10)"
    python3 -c "import json,sys; print(json.load(sys.stdin)['x'])" < a.json
    python3 -m json.tool data.json
    python3 -m py_compile src/a.py
    python3 manage.py test
    python manage.py makemigrations
    poetry install
    poetry run pytest
    poetry add httpx
    uv sync
    uv run pytest -q
    uv pip install -r requirements.txt
    tox -e py312
    ruff check . --fix
    ruff format src
    black --check .
    mypy src
    flake8
    isort .
    coverage run -m pytest && coverage report
    cargo build --release
    cargo test
    cargo test -p core -- --nocapture
    cargo check
    cargo clippy -- -D warnings
    cargo fmt --check
    cargo add serde --features derive
    cargo run -- --help
    cargo bench
    cargo clean
    RUST_BACKTRACE=1 cargo test 2>&1 | head -80
    rustc main.rs -o main
    go build ./...
    go test ./...
    go test -run TestParse -race -count=1 ./pkg/...
    go vet ./...
    go mod tidy
    go get github.com/stretchr/testify
    go run ./cmd/app
    gofmt -l .
    golangci-lint run
    make
    make test
    make -j8 all
    make clean
    make -C sub build
    cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
    cmake --build build -j
    ctest --test-dir build --output-on-failure
    ninja -C build
    gcc -Wall -O2 -o app main.c && ./app
    g++ -std=c++20 a.cpp -o a
    clang-format -i src/*.cpp
    valgrind ./app
    gdb -batch -ex run -ex bt ./app
    mvn test -q
    mvn -B package -DskipTests
    ./mvnw verify
    ./gradlew build
    gradle test --tests 'FooTest'
    javac Main.java && java Main
    dotnet build
    dotnet test --filter Name~Foo
    bundle install
    bundle exec rspec spec/models
    bundle exec rubocop -A
    rails test
    rake spec
    composer install
    vendor/bin/phpunit
    php artisan test
    php -l index.php
    mix test
    swift build
    flutter test
    zig build test
    terraform fmt
    terraform validate
    terraform plan
    ansible-lint
    shellcheck scripts/*.sh
    hadolint Dockerfile
    ./scripts/build.sh
    ./run_tests.sh --fast
    bash scripts/setup.sh
    sh ./test.sh 2>&1 | tail -20
    ./node_modules/.bin/tsc
    just test
    task build
    pre-commit run --all-files
    bazel test //...
    nx test api
    turbo run build
    latexmk -pdf paper.tex
    pandoc README.md -o README.html
    hyperfine './app'
    nohup npm run dev > dev.log 2>&1 &
    sleep 2 && curl -s localhost:3000
    npm run dev & sleep 5; kill %1
    set -euo pipefail; npm ci; npm test
    set -e; for t in a b; do echo "run $t"; ./test.sh "$t"; done
    export NODE_OPTIONS=--max-old-space-size=4096 && npm run build
    export PATH="$PWD/node_modules/.bin:$PATH"; tsc -v
    diff <(node a.js) <(node b.js) && echo same
    V=$(node -p "require('./package.json').version"); echo "version $V"
    test "$(git rev-parse HEAD)" = "$(git rev-parse main)" && echo equal
    function build() { npm run build; }; build
    npm run build && npm test || echo failed
    xargs -a files.txt grep -n TODO
    python3 - <<'EOF'⏎import json⏎print(json.dumps({"a": 1}))⏎EOF
    eval "$(ssh-agent -s)"
    watch -n 1 ls
    parallel echo ::: a b c
  `,
  ),
  ...commands(
    "services",
    "everyday",
    raw`
    docker ps
    docker ps -a --format '{{.Names}}'
    docker images
    docker logs --tail 50 app
    docker build -t app .
    docker run --rm app npm test
    docker run --rm -v $(pwd):/app -w /app node:20 npm test
    docker run -d -p 5432:5432 -e POSTGRES_PASSWORD=x postgres:16
    docker exec app ls /app
    docker stop app
    docker inspect app
    docker compose ps
    docker compose up -d
    docker compose logs -f api
    docker compose down
    docker compose exec api npm test
    docker-compose build
    kubectl get pods
    kubectl get pods -n dev -o wide
    kubectl describe pod api-1
    kubectl logs -f deploy/api
    kubectl config current-context
    helm list
    helm template ./chart
    psql -c 'select count(*) from users'
    psql -d app_test -c "SELECT id, name FROM users WHERE name = 'drop' LIMIT 5"
    psql -l
    sqlite3 app.db 'select * from users limit 5'
    sqlite3 app.db .schema
    mysql -e 'show tables' app
    redis-cli ping
    redis-cli get key
    mongosh --eval 'db.users.find().limit(5)'
    aws s3 ls
    aws ec2 describe-instances
    gcloud config list
    systemctl status nginx
    journalctl -u app --since '1 hour ago'
    kill %1
    kill 12345
    kill -TERM $PID
    kill $(lsof -t -i:3000)
    kill $!
    pkill -f "vite dev"
    pgrep -f node
    jobs
    wait
    crontab -l
    tmux ls
    ps aux | grep -v grep | grep vite | awk '{print $2}'
    lsof -ti:8080 | xargs kill
    npx prisma generate
    npx prisma migrate dev --name init
    rails db:migrate
    alembic upgrade head
    openssl rand -hex 16
    openssl x509 -in cert.pem -noout -dates
    ssh -V
    brew list
    apt list --installed | grep python
    dpkg -l | grep libssl
    nvm use 20
    terraform show
  `,
  ),
]
