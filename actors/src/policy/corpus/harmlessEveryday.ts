import { commands } from "./CorpusCommand.ts"

const raw = String.raw

export const harmlessEveryday = [
  ...commands(
    "looking",
    "everyday",
    raw`
    ls
    ls -la
    ls -la src/ | head -20
    pwd
    cat package.json
    cat -n src/index.ts | sed -n '10,40p'
    head -n 50 README.md
    tail -f -n 100 server.log
    tail -50 build.log
    wc -l src/**/*.ts
    find . -name "*.ts" -not -path "./node_modules/*" | wc -l
    find . -type f -name '*.py' -newer setup.py
    find src -name '*.test.ts' | xargs grep -l "describe"
    find . -maxdepth 2 -type d | sort
    find . -name '*.go' -exec grep -n 'TODO' {} +
    find . -type f -size +1M -exec ls -lh {} \;
    grep -rn "useEffect" src/
    grep -rn --include='*.ts' 'password' src | head
    grep -E '^(import|export)' src/main.ts
    grep -c error app.log
    rg "function foo" -g '*.ts' -A 5
    rg -n 'TODO|FIXME' --type py
    rg --files | head -100
    ag -l pattern lib
    fd -e ts -x wc -l
    tree -L 2 -I node_modules
    du -sh * | sort -h
    du -sh node_modules
    df -h
    free -m
    uptime
    whoami
    id
    uname -a
    date
    date +%Y-%m-%d
    hostname
    cat /etc/os-release
    cat /proc/cpuinfo | grep 'model name' | uniq
    nproc
    lscpu
    ps aux | grep node
    ps -ef | head
    top -bn1 | head -20
    lsof -i :3000
    ss -tlnp
    netstat -tlnp
    which node python3 go
    command -v docker
    type ls
    node --version
    node -v && npm -v
    python3 --version
    go version
    cargo --version && rustc --version
    java -version
    docker --version
    git --version
    file bin/app
    stat package.json
    md5sum dist/app.js
    sha256sum -c checksums.txt
    diff a.txt b.txt
    diff -u <(sort a.txt) <(sort b.txt)
    comm -12 <(sort a) <(sort b)
    sort names.txt | uniq -c | sort -rn | head
    cut -d, -f2 data.csv | sort -u
    awk '{print $1}' access.log | sort | uniq -c
    awk -F, 'NR>1 {sum+=$3} END {print sum}' data.csv
    awk '/start/,/end/' file.txt
    awk 'length > 110 {print FILENAME": "FNR}' src/*.ts
    sed -n '1,50p' src/app.ts
    sed 's/foo/bar/g' file.txt
    sed -e 's/a/b/' -e '/^$/d' file.txt | head
    jq '.dependencies' package.json
    jq -r '.scripts | keys[]' package.json
    cat data.json | jq '.items[] | select(.env == "prod")'
    yq '.services' docker-compose.yml
    xxd -l 64 image.png
    od -c file.bin | head
    strings bin/app | grep version
    column -t -s, data.csv | head
    less README.md
    echo "hello world"
    echo "don't \"quote\" me"
    echo $PATH | tr ':' '\n'
    echo "exit: $?"
    echo -e "a\nb"
    printf '%s\n' one two three
    printf "%d files\n" "$(ls | wc -l)"
    true
    seq 1 10
    test -f package.json && echo yes
    [ -d node_modules ] || echo "no modules"
    [[ -f .env ]] && echo "has env"
    if [ -f Makefile ]; then cat Makefile; fi
    printenv PATH
    env | grep -i node
    echo $NODE_ENV
    man ls | head
    time ls
    readlink -f bin/app
    realpath src
    basename "$PWD"
    dirname src/a/b.ts
    cat .gitignore
    cat .env.example
    nl -ba src/a.ts | sed -n '5,15p'
    tac file | head -1
    cal
    locale
    tty
    ldd bin/app
    nm -C lib.so | grep init
    objdump -d a.out | head
    curl -s http://localhost:3000/health
    curl -i -X POST http://localhost:8080/api -H 'Content-Type: application/json' -d '{"a":1}'
    curl -sf http://127.0.0.1:5000/ | jq .
    wget -qO- http://localhost:8000/metrics | head
    nc -z localhost 5432
    ping -c 1 localhost
  `,
  ),
  ...commands(
    "git",
    "everyday",
    raw`
    git status
    git status --short
    git log --oneline -20
    git log --graph --all --decorate --oneline | head -30
    git log -p -- src/a.ts | head -100
    git log --since="2 weeks ago" --author=me --pretty=format:'%h %s'
    git diff
    git diff --stat HEAD~3
    git diff main...HEAD -- src
    git diff --cached
    git show HEAD
    git show HEAD:src/a.ts
    git blame -L 10,20 src/a.ts
    git branch
    git branch -a -vv
    git branch feature/x
    git branch -d merged-branch
    git branch -m new-name
    git checkout -b fix/bug-12
    git checkout main
    git checkout main -- src/a.ts
    git checkout -- src/a.ts
    git switch -c feature
    git switch main
    git restore src/a.ts
    git restore --staged .
    git add .
    git add -A
    git add -p src/a.ts
    git add src/ tests/
    git commit -m "Fix the parser; remove dead code"
    git commit -m "rm -rf is now refused"
    git commit -am "wip"
    git commit --amend --no-edit
    git commit -F - <<'EOF'⏎Subject⏎⏎Body with 'quotes' and $(dollars)⏎EOF
    git commit -m "$(cat <<'EOF'⏎Fix it⏎⏎Because.⏎EOF⏎)"
    git stash
    git stash pop
    git stash list
    git fetch origin
    git fetch --all --prune
    git pull
    git pull --rebase origin main
    git merge --no-ff feature
    git merge --abort
    git rebase main
    git rebase --continue
    git cherry-pick abc123
    git revert HEAD --no-edit
    git reset HEAD~1
    git reset --soft HEAD~1
    git reset src/a.ts
    git tag
    git tag v1.2.3
    git remote -v
    git rev-parse HEAD
    git rev-parse --abbrev-ref HEAD
    git ls-files | wc -l
    git ls-files '*.ts' | xargs wc -l
    git grep -n "needle" -- '*.go'
    git config user.name
    git config user.email "a@b.c"
    git config --list
    git worktree list
    git worktree add ../wt-fix fix
    git clean -n
    git reflog | head
    git bisect start
    git bisect run npm test
    git submodule update --init --recursive
    git describe --tags
    git shortlog -sn
    git mv a.ts b.ts
    git rm old.ts
    git rm --cached big.bin
    git apply patch.diff
    git format-patch -1 HEAD
    git -C packages/a status
    git --no-pager diff HEAD
    GIT_PAGER=cat git log -3
    GIT_EDITOR=true git rebase --continue
    git diff --name-only | grep '\.ts$' | xargs npx eslint
    git clone https://github.com/org/repo.git
    git push --dry-run
    git init
    gh pr list
    gh pr view 12 --comments
    gh issue view 4
    gh run list --limit 5
    gh pr diff 3
  `,
  ),
  ...commands(
    "files of the workspace",
    "everyday",
    raw`
    mkdir -p src/components
    touch src/new.ts
    cp src/a.ts src/b.ts
    cp -r templates/ out/
    mv old.ts new.ts
    mv src/{a,b}.ts lib/
    rm file.txt
    rm -f *.log
    rm -rf node_modules
    rm -rf node_modules dist
    rm -rf dist build coverage .next
    rm -rf ./build/*
    rm -rf node_modules package-lock.json && npm install
    rm -rf target/debug
    rm -r tmp/
    rm -rf __pycache__ .pytest_cache
    rm src/old/*.bak
    rm -rf /tmp/my-test-dir
    rm -f .git/index.lock
    rmdir empty
    find . -name '*.pyc' -delete
    find . -name __pycache__ -type d -exec rm -rf {} +
    find . -name '.DS_Store' -print0 | xargs -0 rm -f
    find dist -type f -name '*.map' -delete
    chmod +x scripts/run.sh
    chmod 644 README.md
    ln -s ../shared/config.json config.json
    sed -i 's/foo/bar/g' src/a.ts
    sed -i '' -e 's/foo/bar/' src/a.ts
    sed -i.bak '/debug/d' src/*.js
    grep -rl oldName src | xargs sed -i 's/oldName/newName/g'
    perl -pi -e 's/foo/bar/g' src/a.ts
    echo "node_modules" >> .gitignore
    echo ".env" >> .gitignore
    echo '{}' > config.json
    cat > src/a.ts <<'EOF'⏎export const a = 1⏎EOF
    cat <<EOF > notes.md⏎# Notes⏎date: $(date)⏎EOF
    tee out.txt < in.txt
    npm test 2>&1 | tee test.log | tail -20
    cat a.txt b.txt > all.txt
    tar czf backup.tgz src
    tar -xzf vendor.tgz -C vendor
    tar tzf a.tgz | head
    unzip -o a.zip -d out
    zip -r dist.zip dist
    gzip -k big.json
    split -l 1000 data.csv part_
    patch -p1 < fix.patch
    dos2unix script.sh
    truncate -s 0 app.log
    > app.log
    cp .env.example .env
    tmp=$(mktemp -d) && cp a "$tmp/" && ls "$tmp"
    tmp=$(mktemp); trap 'rm -f "$tmp"' EXIT; sort a > "$tmp"; mv "$tmp" a
    for f in src/*.js; do mv "$f" "${raw`$`}{f%.js}.ts"; done
    for i in 1 2 3; do echo $i > out/$i.txt; done
    for d in packages/*/; do (cd "$d" && npm test); done
    while read -r line; do echo "$line"; done < list.txt
    git ls-files '*.md' | while read -r f; do wc -w "$f"; done
    ls *.md | xargs -n1 basename
    mkdir -p build && cd build && cmake .. && make -j4
    cd packages/api && npm run build
    pushd sub && make && popd
    rsync -a src/ out/
    cp -r dist/* public/
    mktemp
    dd if=/dev/zero of=test.bin bs=1M count=10
    head -c 1M /dev/urandom > random.bin
    diff -u a b > fix.patch
    python3 script.py > out.txt 2>&1
    echo done > /dev/null
    ls nothing 2>/dev/null || true
    install -d build/bin
  `,
  ),
]
