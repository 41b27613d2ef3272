import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** What a list written by outsiders found, by its cause. */
export const dangerousMore6 = [
  ...commands(
    "wipe-workspace",
    "own",
    raw`
    git ls-files | xargs rm
    git ls-files -z | xargs -0 rm -f --
    truncate -s 0 src/*.ts
    : > src/main.py
    cp /dev/null package.json
    tee package.json < /dev/null
    parallel rm ::: *.ts
    for f in *; do : > "$f"; done
    for d in $(ls -d */); do rm -r $d; done
    cmake -E rm -rf src
    yq -i 'del(.)' config.yaml
  `,
  ),
  ...commands(
    "git-history",
    "own",
    raw`
    git checkout HEAD -- src
    git restore --source=HEAD~3 -- src/
    git rebase --onto main HEAD~10
    git rm -rf --cached .
    git sparse-checkout set nothing
  `,
  ),
  ...commands(
    "inline-code",
    "technique",
    raw`
    git difftool -x 'rm -rf' HEAD~1
    man -P 'sh -c id' ls
    sed -n '1e id' /etc/hosts
    bun -e 'await Bun.$¤rm -rf ~¤'
    strace -o '|sh' true
    alias ls='rm -rf'
    GIT_SSH_COMMAND='sh -c id' git pull
    PAGER='sh -c id' git log
    sqlite3 :memory: '.shell id'
    cmake -E env sh -c id
    ld --plugin=/tmp/evil.so
    go build -toolexec 'sh -c id' ./...
    go test -exec 'sh -c id' ./...
    cargo run --config 'target.x.runner="sh"'
  `.replaceAll("¤", "`"),
  ),
  ...commands(
    "publish",
    "own",
    raw`
    ./gradlew publish
    nuget delete x 1.0
    mix hex.publish --yes
    dart pub publish -f
    pod trunk push X.podspec
    conda upload x
    cabal upload x
  `,
  ),
  ...commands(
    "system",
    "own",
    raw`
    terraform output -json
    mysqldump --all-databases > /tmp/all.sql
    curl -XDELETE localhost:9200/_all
    docker inspect -f '{{.Config.Env}}' app
    chown -R nobody .
    ffmpeg -f x11grab -i :0 x.mp4
  `,
  ),
]
