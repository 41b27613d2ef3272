#!/usr/bin/env bash
# Builds the image of the session containers, maillm/session:local.
#
#   BASE=<image> build.sh   on that Debian image
#   build.sh                on debian:bookworm-slim if it is here or a registry answers, else on a base made by
#                           debootstrap from this machine's own Debian mirror (needs root; its tar is kept in the cache)
#   AGENTS="claude codex"   with these coding agents only; all of them unless set, none when empty. Those that the
#                           cache lacks are installed by npm; one that cannot be had is left out, and that is said
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
cache=${MAILLM_CACHE_DIR:-$repository/.cache}
agents=${AGENTS-claude codex opencode}
tag=maillm/session:local
suite=bookworm
registry_base=debian:$suite-slim
included=ca-certificates,curl,git,less,procps,ripgrep,socat
# A base of other packages is another base: of another name, in the engine and in the cache.
base_key=$(printf %s "$suite $included" | sha256sum | cut -c1-12)
local_base=maillm/session-base:$base_key

work=
context=
trap 'rm -rf "$work" "$context"' EXIT

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

# The main Debian source that apt is configured with.
mirror() {
  apt-get indextargets --format '$(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "main" && $2 ~ /\/debian\/?$/ { print $2; exit }'
}

make_tar() {
  local tar=$1
  [ "$(id -u)" = 0 ] || fail "no registry answers, and making a base with debootstrap needs root; or set BASE"
  command -v debootstrap >/dev/null || fail "no registry answers; install debootstrap, or set BASE to a Debian image"
  work=$(mktemp -d)
  echo "Making a Debian $suite base with debootstrap (about a minute, once) …"
  debootstrap --variant=minbase --include="$included" "$suite" "$work/root" "$(mirror)" >"$work/log" 2>&1 ||
    { tail -20 "$work/log" >&2; fail "debootstrap failed"; }
  rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/* "$work"/root/dev/*
  mkdir -p "$(dirname "$tar")"
  tar -C "$work/root" --numeric-owner -cf "$tar.$$" .
  mv "$tar.$$" "$tar"
  rm -rf "$work"
}

import_local_base() {
  local tar=$cache/session-base-$base_key.tar
  [ -f "$tar" ] || make_tar "$tar"
  docker import "$tar" "$local_base" >/dev/null
}

docker version >/dev/null 2>&1 || fail "no Docker engine answers; start one (Debian: apt-get install docker.io)"
if [ -z "${BASE:-}" ]; then
  if docker image inspect "$registry_base" >/dev/null 2>&1 || timeout 120 docker pull --quiet "$registry_base" 2>/dev/null; then
    BASE=$registry_base
  else
    docker image inspect "$local_base" >/dev/null 2>&1 || import_local_base
    BASE=$local_base
  fi
fi

# Puts an agent's folder where docker build sees it, hard-linked where the file system allows, with a link `program`.
add_agent() {
  local name=$1 path version_folder
  path=$(node "$repository/deploy/bin/maillm.mjs" agents install "$name" --json |
    sed -n 's/.*"kind":"ready","path":"\([^"]*\)".*/\1/p')
  if [ -z "$path" ]; then
    echo "build.sh: the image goes without $name: npx maillm agents install $name says why" >&2
    return
  fi
  # <cache>/agents/<name>/<version>/…
  path=${path#"$cache/agents/$name/"}
  version_folder=$cache/agents/$name/${path%%/*}
  cp -al "$version_folder" "$context/agents/$name" 2>/dev/null || cp -a "$version_folder" "$context/agents/$name"
  # Speech needs a microphone.
  rm -rf "$context/agents/$name"/vendor/*/codex-resources/voice
  # Here, since it would make a second copy of each file in the image.
  chmod -R go-w "$context/agents/$name"
  ln -s "${path#*/}" "$context/agents/$name/program"
}

mkdir -p "$cache"
cache=$(realpath "$cache")
context=$(mktemp -d "$cache/image-XXXXXX")
cp "$here/Dockerfile" "$context/"
mkdir "$context/agents"
for agent in $agents; do
  case $agent in
    claude | codex | opencode) add_agent "$agent" ;;
    *) fail "AGENTS names $agent, which is none of claude codex opencode" ;;
  esac
done
echo "Building $tag on $BASE with ${agents:-no agents} …"
docker build --quiet --build-arg "BASE=$BASE" --tag "$tag" "$context" >/dev/null
echo "Built $tag: $(docker image inspect --format '{{.Size}}' "$tag" | awk '{ printf "%.0f MB", $1 / 1e6 }')"
