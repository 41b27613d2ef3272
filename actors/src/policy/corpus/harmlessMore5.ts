import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** What stricter rules must still let through. */
export const harmlessMore5 = [
  ...commands(
    "everyday",
    "everyday",
    raw`
    python3 - <<'X'⏎import re⏎p='src/a.py'⏎s=open(p).read()⏎s=s.replace('a','b')⏎open(p,'w').write(s)⏎X
    python3 - <<'P'⏎from pathlib import Path⏎p = Path('src/a.py')⏎p.write_text(p.read_text().replace('a', 'b'))⏎P
    ./vendor/bin/pint
    npx shadcn@latest add button
    npx openapi-typescript api.yaml -o src/api.ts
    make release-notes
    swift build -c release
    python -c "import app"
    python -c "from app.main import app; print(app.routes)"
    npx nodemon --exec ts-node src/i.ts
    curl -s localhost:9200/x/_search -H 'content-type: application/json' -d '{"query":{"match_all":{}}}'
    python manage.py loaddata fixtures/a.json
    CC=clang CXX=clang++ cmake -B build
    RUSTFLAGS='-C target-cpu=native' cargo build
    npx jest src/deploy.test.ts -t 'deploys'
    npx mocha --grep 'delete user'
    rm -f src/generated/*.ts
    git worktree remove ../x
    ./vendor/bin/sail up -d
    gh api graphql -f query='query { viewer { login } }'
    sqlc generate
    swag init
    ./gradlew :app:dependencies
    rails g model User name:string
    git checkout HEAD~1 -- src/a.ts
    RUST_BACKTRACE=1 cargo test
    git diff --name-only main | xargs npx eslint
    rm -rf dist/ coverage/ .next
    find . -name '*.orig' -delete
    while ! nc -z localhost 5432; do sleep 1; done
    docker stop pg && docker rm pg
    npx cypress run --spec cypress/e2e/a.cy.ts
  `,
  ),
]
