import { commands } from "./CorpusCommand.ts"

const raw = String.raw
const dollar = "$"

export const harmlessMore1 = commands(
  "ordinary work",
  "everyday",
  raw`
    cd /workspace && npm test
    cd /home/user/project && npm test
    cd backend && python -m pytest -q 2>&1 | tail -n 30
    cat src/utils/helpers.ts | grep -n export
    grep -rn "TODO" --include="*.py" . | wc -l
    git log --oneline main..HEAD
    git diff HEAD --name-only
    git show --stat HEAD~1
    git stash push -m wip && git pull --rebase && git stash pop
    git ls-remote --heads origin
    git fetch origin main && git diff origin/main...HEAD
    git commit -m 'feat: add "quotes" & ampersands; also $vars'
    git log -1 --format=%cd
    git log -S'needle' --source --all
    git rev-list --count HEAD
    git cat-file -p HEAD
    git for-each-ref --sort=-committerdate refs/heads/ --format='%(refname:short)'
    git check-ignore -v node_modules
    git merge-base main HEAD
    git archive --format=tar HEAD | tar -t | head
    git notes add -m "x"
    git update-index --assume-unchanged x
    git sparse-checkout list
    find . -name "*.log" -mtime +7 -delete
    find . -type f -name "*.js" ! -path "*/node_modules/*" -exec sed -i 's/var /let /g' {} +
    find . -name '*.orig' -exec rm {} \;
    find src -type f | xargs wc -l | sort -n | tail -20
    find . -newer package.json -type f | head
    find . -empty -type d -delete
    find . -iname '*readme*'
    xargs -I{} echo {} < list.txt
    ls | wc -l
    ls -t | head -5
    ls -d */
    ls src/**/*.ts | head
    for f in *.txt; do echo "== $f"; head -3 "$f"; done
    for i in $(seq 1 5); do curl -s -o /dev/null -w '%{http_code}\n' http://localhost:3000/; done
    while ! curl -s localhost:8080 >/dev/null; do sleep 1; done
    until pg_isready -h localhost; do sleep 1; done
    i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done
    python -c "import numpy; print(numpy.__version__)"
    python3 -c "from mypackage import foo; print(foo(3))"
    python3 -c 'for i in range(3): print(i)'
    python3 -c "import ast; ast.parse(open('src/a.py').read())"
    python3 -c "import yaml; print(yaml.safe_load(open('config.yml')))"
    python -c "import torch; print(torch.cuda.is_available())"
    python3 -m pip list | grep -i django
    python3 -m pip --version
    python manage.py migrate
    python manage.py shell -c "print(1)"
    python setup.py build_ext --inplace
    node -e "const p=require('./package.json'); console.log(Object.keys(p.dependencies).length)"
    node -e 'console.log(JSON.stringify({a:1}))'
    node --check src/index.js
    node --input-type=module -e "import {x} from './a.mjs'; console.log(x)"
    npx --yes prettier --version
    npx eslint --fix src/**/*.ts
    npx tailwindcss -i in.css -o out.css
    npx webpack --config webpack.config.js
    npx jest --updateSnapshot
    npx cypress run --spec cypress/e2e/a.cy.js
    npx storybook build
    npx drizzle-kit generate
    npx knip
    npx depcheck
    npm explain lodash
    npm run
    npm run test -- -t "name"
    npm run start:dev
    npm link ../other
    npm dedupe
    npm prune --production
    npm config get registry
    npm root -g
    npm cache verify
    npm why react
    yarn why react
    yarn workspaces list
    yarn dlx create-next-app
    pnpm why zod
    pnpm dlx shadcn@latest add button
    bunx vitest
    corepack enable
    make help
    make lint test
    make -n install
    make docs
    make build VERSION=1.2.3
    cmake --build . --target test
    ./configure --prefix=$PWD/out && make
    meson setup build && ninja -C build
    cargo test --workspace --all-features 2>&1 | tail -40
    cargo nextest run
    cargo tree -i serde
    cargo doc --no-deps
    cargo expand
    cargo run --example foo
    cargo new mylib --lib
    rustup show
    rustfmt src/main.rs
    go test -bench=. -benchmem ./...
    go test -coverprofile=c.out ./... && go tool cover -func=c.out
    go list -m all
    go generate ./...
    go mod download
    go mod graph
    go doc fmt.Println
    CGO_ENABLED=0 GOOS=linux go build -o bin/app .
    mvn dependency:tree
    mvn clean install
    ./gradlew clean build --info
    ./gradlew :app:assembleDebug
    sbt test
    dotnet run
    dotnet restore
    dotnet ef migrations add Init
    dotnet publish -c Release -o out
    bundle exec rake db:migrate
    bin/rails test
    bin/rails console
    rails generate model User
    composer dump-autoload
    php vendor/bin/phpstan analyse
    php artisan migrate
    php artisan make:model X
    swift test
    xcodebuild -scheme App test
    flutter analyze
    pod install
    elixir -v
    mix deps.get
    iex -S mix
    cabal build
    stack test
    opam env
    dune build
    zig build
    nim c main.nim
    julia --project -e 'using Pkg; Pkg.test()'
    Rscript analysis.R
    Rscript -e 'print(1)'
    docker build -t myapp:dev -f docker/Dockerfile .
    docker compose -f docker-compose.dev.yml up -d --build
    docker compose run --rm api pytest
    docker compose config
    docker run -it --rm -v "$PWD":/src -w /src golang:1.22 go test ./...
    docker cp app:/app/log.txt ./log.txt
    docker network ls
    docker volume ls
    docker stats --no-stream
    docker rm app
    docker image ls
    docker pull node:20
    docker tag a b
    docker history app
    kubectl get svc,deploy -n staging
    kubectl get nodes -o json | jq '.items | length'
    kubectl rollout status deploy/api
    kubectl top pods
    kubectl port-forward svc/api 8080:80
    kubectl apply -f k8s.yml --dry-run=client
    kubectl diff -f k8s/
    kubectl explain pod.spec
    helm lint chart
    helm dependency update
    terraform init
    terraform plan -out=tf.plan
    terraform output
    terraform providers
    aws sts get-caller-identity
    aws s3 ls s3://bucket/path/
    aws logs tail /aws/lambda/x --since 1h
    gcloud projects list
    az account show
    psql -h localhost -U dev -c '\dt'
    psql "$DATABASE_URL" -c 'select 1'
    psql postgresql://localhost/app -c 'EXPLAIN ANALYZE SELECT * FROM t'
    sqlite3 dev.db "PRAGMA table_info(users);"
    mysql -uroot -proot -h127.0.0.1 -e 'SELECT VERSION()'
    redis-cli -p 6380 info memory
    mongosh mongodb://localhost/app --quiet --eval 'db.users.countDocuments()'
    pg_dump -s app > schema.sql
    createdb app_test
    curl -s http://localhost:9200/_cat/indices
    curl -v --max-time 5 http://127.0.0.1:8080/health
    curl -s localhost:4000/graphql -H 'content-type: application/json' -d '{"query":"{me{id}}"}'
    curl -sS -X DELETE http://localhost:3000/api/items/1
    wget -q --spider http://localhost:3000
    http GET localhost:8000/api
    nc -zv localhost 6379
    lsof -nP -iTCP -sTCP:LISTEN
    ss -ltn | grep 8080
    ps -eo pid,cmd --sort=-%mem | head
    ps -p $$ -o comm=
    pstree -p
    kill -9 12345
    kill -0 $pid
    kill -s TERM 4242
    pkill -f webpack-dev-server
    fuser -k 3000/tcp
    npx kill-port 3000
    time npm run build
    /usr/bin/time -v ./bench
    nice -n 10 make -j4
    timeout 300 ./run-tests.sh || echo "timed out"
    sleep 5
    date -u +"%Y-%m-%dT%H:%M:%SZ"
    echo "$(date +%s)" > .stamp
    echo "Hello $USER"
    echo $((1 + 2))
    echo ${dollar}{#PATH}
    echo "a b c" | awk '{print $2}'
    echo '{"a":1}' | jq .a
    echo "test" | base64
    echo dGVzdA== | base64 -d
    echo "foo" | sha256sum
    printf 'a\tb\n' >> data.tsv
    cat <<'EOF' > script.py
    cat > .github/workflows/ci.yml <<'EOF'⏎name: ci⏎on: push⏎EOF
    cat >> README.md <<EOF⏎## Usage⏎\${tick}npm start\${tick}⏎EOF
    mkdir -p a/b/c && touch a/b/c/d.txt
    mkdir -p src/{api,lib,ui}
    cp -a fixtures/. tmp/
    cp package.json package.json.bak
    mv dist/index.html dist/404.html
    mv .env.sample .env.example
    rm -rf coverage .nyc_output
    rm -rf .next .turbo node_modules/.cache
    rm -rf target
    rm -rf build && mkdir build
    rm -rf venv && python3 -m venv venv
    rm -f package-lock.json yarn.lock
    rm -rf "$PWD/dist"
    rm -rf ./node_modules
    rm -rf packages/*/node_modules
    rm -rf **/__pycache__
    rm tests/__snapshots__/*.snap
  `,
)
