#!/usr/bin/env bash
# Builds the image of the session containers, maillm/session:local.
#
#   BASE=<image> build.sh   on that Debian image
#   build.sh                on debian:bookworm-slim if it is here or a registry answers, else on a base made by
#                           debootstrap from this machine's own Debian mirror (needs root; its tar is kept in the cache)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cache=${MAILLM_CACHE_DIR:-$here/../../../.cache}
tag=maillm/session:local
suite=bookworm
registry_base=debian:$suite-slim
local_base=maillm/session-base:local
included=ca-certificates,git,less,procps

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
  local tar=$1 work
  [ "$(id -u)" = 0 ] || fail "no registry answers, and making a base with debootstrap needs root; or set BASE"
  command -v debootstrap >/dev/null || fail "no registry answers; install debootstrap, or set BASE to a Debian image"
  work=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  echo "Making a Debian $suite base with debootstrap (about a minute, once) …"
  debootstrap --variant=minbase --include="$included" "$suite" "$work/root" "$(mirror)" >"$work/log" 2>&1 ||
    { tail -20 "$work/log" >&2; fail "debootstrap failed"; }
  rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/* "$work"/root/dev/*
  mkdir -p "$(dirname "$tar")"
  tar -C "$work/root" --numeric-owner -cf "$tar.$$" .
  mv "$tar.$$" "$tar"
}

import_local_base() {
  local tar=$cache/session-base-$suite.tar
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
echo "Building $tag on $BASE …"
docker build --quiet --build-arg "BASE=$BASE" --tag "$tag" "$here" >/dev/null
echo "Built $tag: $(docker image inspect --format '{{.Size}}' "$tag" | awk '{ printf "%.0f MB", $1 / 1e6 }')"
