#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Makes the base image of a release of Debian with debootstrap. Called by build.sh.
set -euo pipefail

readonly suite=$1 tag=$2 label=$3 cache=$4
readonly mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
readonly security=${DEBIAN_SECURITY:-http://deb.debian.org/debian-security}
readonly packages=$cache/debian-$suite root=$cache/unpacked

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

((EUID == 0)) || die "$tag is made with debootstrap, which needs root. Run this with sudo once; later runs find the image"

if ! command -v debootstrap >/dev/null || [[ ! -f /usr/share/keyrings/debian-archive-keyring.gpg ]]; then
  command -v apt-get >/dev/null ||
    die 'debootstrap and the keyring of Debian are absent. Install the packages debootstrap and debian-archive-keyring'
  echo '  installing debootstrap'
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    debootstrap debian-archive-keyring; } >"$cache/apt.log" 2>&1 ||
    die "debootstrap could not be installed, see $cache/apt.log"
fi

trap 'rm -rf "$root"' EXIT
rm -rf "$root"
mkdir -p "$packages" "$root"

# The slim images leave documents out, but for licences
mkdir -p "$root/etc/dpkg/dpkg.cfg.d" "$root/usr/sbin"
cat >"$root/etc/dpkg/dpkg.cfg.d/slim" <<'EOF'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/lintian/*
force-unsafe-io
EOF

debootstrap --variant=minbase --include=ca-certificates --cache-dir="$packages" \
  --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$suite" "$root" "$mirror" >"$cache/$suite.log" 2>&1 || {
  tail -n 20 "$cache/$suite.log" "$root/debootstrap/debootstrap.log" >&2 2>/dev/null || true
  die "debootstrap could not make $suite from $mirror, see above. DEBIAN_MIRROR names another archive"
}

cat >"$root/etc/apt/sources.list" <<EOF
deb $mirror $suite main
deb $mirror $suite-updates main
deb $security $suite-security main
EOF
cat >"$root/etc/apt/apt.conf.d/image" <<'EOF'
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
EOF
# Packages of servers start none while an image is built
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"

{
  chroot "$root" apt-get -q update &&
    DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -q -y dist-upgrade &&
    chroot "$root" apt-get -q clean
} >>"$cache/$suite.log" 2>&1 || {
  tail -n 20 "$cache/$suite.log" >&2
  die "the updates of $suite could not be installed, see above. DEBIAN_SECURITY names another archive of them"
}

rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/log/* "$root"/var/cache/ldconfig \
  "$root"/usr/share/{man,info,locale,lintian}/* "$root/etc/machine-id" "$root/etc/hostname" "$root/etc/resolv.conf"
find "$root/usr/share/doc" -type f ! -name copyright -delete

tar --create --numeric-owner --directory "$root" --one-file-system . |
  docker import --change 'CMD ["bash"]' --change 'ENV LANG=C.UTF-8' --change "LABEL ${label%%=*}=\"${label#*=}\"" \
    --change "LABEL org.opencontainers.image.description=\"Debian $suite by debootstrap, in place of $tag\"" - "$tag" \
    >/dev/null
