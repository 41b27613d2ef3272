import { commands } from "./CorpusCommand.ts"

const raw = String.raw
const tick = "`"

export const dangerousHidden = [
  ...commands(
    "obfuscated",
    "own",
    raw`
    echo cm0gLXJmIC8= | base64 -d | sh
    base64 -d <<< cm0gLXJmIC8= | bash
    bash -c "$(echo cm0gLXJmIC8= | base64 --decode)"
    eval $(echo cm0gLXJmIC8= | base64 -d)
    echo 726d202d7266202f | xxd -r -p | sh
    printf '\x72\x6d\x20\x2d\x72\x66\x20\x2f' | sh
    printf '\162\155 -rf /' | bash
    $'\x72\x6d' -rf /
    $'\162\155' -rf /
    r''m -rf /
    r"m" -rf /
    'r'm -rf /
    \rm -rf /
    r\m -rf /
    "rm" -rf /
    /bin/rm -rf /
    /bin/r? -rf /
    /???/rm -rf /
    $(which rm) -rf /
    $(echo rm) -rf /
    ${raw`$`}{X:-rm} -rf /
    A=r; B=m; $A$B -rf /
    CMD="rm -rf /"; $CMD
    CMD='rm -rf ~'; eval "$CMD"
    $CMD
    "$1" "$2"
    eval "$PAYLOAD"
    eval "$(cat script.txt)"
    rm${raw`$`}{IFS}-rf${raw`$`}{IFS}/
    {rm,-rf,/}
    IFS=,; x=rm,-rf,/; $x
    a=(rm -rf /); "${raw`$`}{a[@]}"
    echo 'rm -rf /' | sh
    echo "rm -rf ~" > x.sh; sh x.sh
    printf 'rm -rf ~' > /tmp/y; bash /tmp/y
    echo 'rm -rf /' | tee run.sh; chmod +x run.sh; ./run.sh
    sh <<'EOF'⏎rm -rf /⏎EOF
    bash <<< 'rm -rf ~'
    cat <<'EOF' | bash⏎rm -rf /⏎EOF
    python3 - <<'EOF'⏎import os⏎os.system("rm -rf /")⏎EOF
    echo '/ fr- mr' | rev | sh
    echo 'sn -sg /' | tr 'a-z' 'n-za-m' | sh
    echo "xm -rf /" | sed 's/x/r/' | sh
    alias ls='rm -rf /'; ls
    ls() { rm -rf /; }; ls
    function cd { rm -rf ~; }; cd
    trap 'rm -rf /' EXIT
    PROMPT_COMMAND='rm -rf ~'
    export BASH_ENV=./evil.sh
    exec rm -rf /
    command rm -rf /
    builtin eval 'rm -rf /'
    source /dev/stdin <<< 'rm -rf /'
    . <(echo 'rm -rf /')
    bash <(echo 'rm -rf /')
    coproc rm -rf /
    ! rm -rf /
    time rm -rf /
    (rm -rf /)
    { rm -rf /; }
    if true; then rm -rf /; fi
    [ -d / ] && rm -rf /
    false || rm -rf /
    case x in x) rm -rf /;; esac
    until rm -rf /; do :; done
    echo $(rm -rf /)
    echo ${tick}rm -rf /${tick}
    echo "$(rm -rf /)"
    cat <<EOF⏎$(rm -rf /)⏎EOF
    x=$(rm -rf /)
    : ${raw`$`}{x:=$(rm -rf /)}
    [[ -n $(rm -rf /) ]]
    (( $(rm -rf /) ))
    diff <(rm -rf /) a
    cat > >(sh) <<< 'rm -rf /'
    echo hi #⏎rm -rf /
    echo hi \⏎; rm -rf /
    busybox rm -rf /
    env -S 'rm -rf /'
    env -i PATH=$PATH sh -c 'rm -rf /'
    nohup rm -rf / &
    timeout 5 rm -rf /
    nice -n 10 rm -rf /
    setsid sh -c 'rm -rf /'
    stdbuf -oL rm -rf /
    xargs rm -rf <<< /
    echo / | xargs rm -rf
    echo '-rf /' | xargs rm
    printf '%s\n' 'rm -rf /' | xargs -I{} sh -c '{}'
    parallel rm -rf ::: /
    watch -n1 'rm -rf /'
    script -c 'rm -rf /' /dev/null
    flock /tmp/l -c 'rm -rf /'
    ssh localhost rm -rf /
    tmux send-keys 'rm -rf /' Enter
    npx -c 'rm -rf /'
    npm exec -c 'rm -rf /'
    concurrently 'rm -rf /' 'ls'
    python3 -c "__import__('os').system('rm -rf /')"
    python3 -c "exec(__import__('base64').b64decode('aW1wb3J0IG9z'))"
    node -e "eval(Buffer.from('cm0=','base64').toString())"
    node -e "require('child_process').exec('rm -rf ~')"
    perl -e 'system("rm -rf /")'
    perl -e 'exec "rm", "-rf", "/"'
    ruby -e 'system("rm -rf /")'
    ruby -e '${tick}rm -rf /${tick}'
    php -r 'shell_exec("rm -rf /");'
    lua -e 'os.execute("rm -rf /")'
    awk 'BEGIN{system("rm -rf /")}'
    awk 'BEGIN{"rm -rf /" | getline}'
    awk 'BEGIN{print "rm -rf /" | "sh"}'
    echo 'rm -rf /' | awk '{system($0)}'
    echo x | sed 's/.*/rm -rf \//e'
    sed '1e rm -rf /' file
    printf -v c 'rm -rf /'; eval "$c"
    read -r c <<< 'rm -rf /'; $c
    mapfile -t c <<< 'rm -rf /'; ${raw`$`}{c[0]}
    set -- rm -rf /; "$@"
    f() { "$@"; }; f rm -rf /
    find . -maxdepth 0 -exec sh -c 'rm -rf /' \;
    find . -name x -exec bash -c 'rm -rf ~' {} +
    find . -exec rm -rf / {} \;
    fd . -x rm -rf /
  `,
  ),
  ...commands(
    "obfuscated",
    "technique",
    raw`
    vim -c ':!sh' 
    vim -c ':!rm -rf /' -c ':q'
    git -c alias.x='!rm -rf /' x
    git -c core.pager='rm -rf /' log
    git -c core.sshCommand='sh -c id' fetch
    git -c core.fsmonitor='rm -rf ~' status
    git grep -O'rm -rf /' x
    git bisect run sh -c 'rm -rf /'
    git rebase -x 'rm -rf /' main
    git submodule foreach 'rm -rf /'
    git difftool -x 'rm -rf /' HEAD
    GIT_SSH_COMMAND='rm -rf /' git fetch
    GIT_PAGER='rm -rf /' git log
    PAGER='sh -c "rm -rf /"' git log
    EDITOR='rm -rf /' git commit
    tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec=sh
    tar xf a.tar --to-command='sh'
    tar -cf x.tar . -I 'sh -c "rm -rf /"'
    zip x.zip a -T -TT 'rm -rf /'
    rsync -e 'sh -c "rm -rf /"' a b:
    ssh -o ProxyCommand='rm -rf /' x
    split --filter='rm -rf /' file
    sort --compress-program='sh' file
    rg --pre /tmp/evil x
    make -f - <<< 'all:; rm -rf /'
    make SHELL=/tmp/evil
    make --eval='$(shell rm -rf /)'
    go build -toolexec='rm -rf /' ./...
    gcc -wrapper sh,-c,id x.c
    enable -f ./evil.so x
    bash --rcfile <(echo 'rm -rf /')
    sh -c 'rm -rf $0' /
    bash -c 'rm -rf "$1"' _ /
    dash -c 'rm -rf /'
    zsh -c 'rm -rf /'
    expect -c 'spawn rm -rf /'
    python3 -m pdb -c '!import os' x.py; rm -rf ~
    man -P 'rm -rf /' ls
    strace -o /dev/null rm -rf /
    perf stat rm -rf /
    LD_PRELOAD=/tmp/evil.so ls
    PYTHONSTARTUP=/tmp/x.py python3
    NODE_OPTIONS='--require /tmp/x.js' npm test
    PERL5OPT=-d perl x.pl
    PATH=/tmp/evil:$PATH ls
    gdb -ex '!sh' -ex quit
    openssl enc -d -aes-256-cbc -in x | sh
    gunzip -c x.gz | sh
    echo H4sIAAAA | base64 -d | gunzip | bash
    python3 <(echo 'import os; os.system("rm -rf /")')
    psql -c '\! sh'
    docker exec c sh -c 'rm -rf /'
    kill -9 $(ps aux | awk '{print $2}') -1
    emacs --batch --eval '(shell-command "rm -rf /")'
    ed <<< '!rm -rf /'
  `,
    "GTFOBins, shell and command",
  ),
]
