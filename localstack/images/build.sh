#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Assembles the images of the local stack, under the tags of the official ones, from packages of Debian, Maven Central
# and PyPI: for machines with a Docker engine that reach no registry of images. README.md says what differs.
set -euo pipefail

recipes=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly recipes
readonly project=${recipes%/localstack/images}
readonly cache=$project/localstack/target/images
readonly central=${MAVEN_CENTRAL:-https://repo.maven.apache.org/maven2}
readonly label=io.icestream.recipe

# shellcheck source-path=SCRIPTDIR source=pins
source "$recipes/pins"

# name | tag | image that it is built on | megabytes that the image takes | megabytes of downloads and unpacked files
readonly images="
bookworm   | debian:bookworm-slim                                    |          |   90 |  350
trixie     | debian:trixie-slim                                      |          |   90 |  350
temurin    | eclipse-temurin:17-jre                                  | bookworm |  280 |    0
kafka      | apache/kafka:$kafka_version                             | temurin  |   60 |   60
python     | python:3.13-slim-trixie                                 | trixie   |   60 |    0
localstack | localstack/localstack:$localstack_version               | python   |  450 |  200
rest       | apache/iceberg-rest-fixture:$rest_version               | temurin  |  220 |  220
spark      | apache/spark:$spark_version-scala2.12-java17-ubuntu     | temurin  |  450 |  350
trino      | trinodb/trino:$trino_version                            | trixie   | 1400 |  850
prometheus | prom/prometheus:v2.42.0                                 | bookworm |  160 |    0
tiny       | alpine:3.17                                             | bookworm |    2 |    0
"

usage() {
  cat <<'EOF'
usage: localstack/images/build.sh [--force] [NAME|TAG...]
       localstack/images/build.sh --list

Assembles the images named, or all, each after the one that it is built on. An image that is there already with the
same recipe is left alone, and so is one that came from elsewhere.

  --force   builds the images named even so
  --list    names, tags and what is there
  --help    this text

Environment:
  DEBIAN_MIRROR     archive of Debian (http://deb.debian.org/debian); images install from it, too
  DEBIAN_SECURITY   its security updates (http://deb.debian.org/debian-security)
  MAVEN_CENTRAL     repository for large files (https://repo.maven.apache.org/maven2); for all others Maven's settings count
  PIP_*, pip.conf, SSL_CERT_FILE, REQUESTS_CA_BUNDLE, http_proxy, https_proxy, no_proxy
                    hold for what is downloaded here
EOF
}

say() { printf '%s\n' "$*"; }

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

column() { # NAME NUMBER
  awk -F'|' -v name="$1" -v column="$2" '{ gsub(/ /, "") } $1 == name { print $column }' <<<"$images"
}

tag_of() { column "$1" 2; }
base_of() { column "$1" 3; }
names() { awk -F'|' 'NF { gsub(/ /, ""); print $1 }' <<<"$images"; }

# An image is known by its name or its tag.
name_of() {
  local name
  name=$(awk -F'|' -v wanted="$1" '{ gsub(/ /, "") } NF && ($1 == wanted || $2 == wanted) { print $1 }' <<<"$images")
  [[ -n $name ]] || die "no image is called $1; --list names them"
  say "$name"
}

# Names what an image is made of: another value is another image.
recipe_of() {
  local name=$1 base
  base=$(base_of "$name")
  {
    grep "^${name}_" "$recipes/pins" || true
    case $name in
    bookworm | trixie) sha256sum <"$recipes/debian.sh" ;;
    *) (cd "$recipes/$name" && find . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum) ;;
    esac
    [[ -z $base ]] || recipe_of "$base"
  } | sha256sum | cut -c1-16
}

# Prints the recipe of the image that has the tag, "none" for an image without one, nothing if there is no image.
recipe_there() {
  docker image inspect --format "{{with index .Config.Labels \"$label\"}}{{.}}{{else}}none{{end}}" "$1" 2>/dev/null || true
}

list() {
  local name tag there state
  for name in $(names); do
    tag=$(tag_of "$name")
    there=$(recipe_there "$tag")
    case $there in
    '') state=absent ;;
    none) state='there, not assembled here' ;;
    "$(recipe_of "$name")") state='up to date' ;;
    *) state='of another recipe' ;;
    esac
    printf '%-10s  %-44s  %s\n' "$name" "$tag" "$state"
  done
}

# Downloads a file, going on where an earlier try ended. Only a file whose checksum is right gets the name.
download() { # URL SHA-256 FILE
  local part=$3.part
  [[ ! -f $3 ]] || return 0
  mkdir -p "$(dirname "$3")"
  say "  downloading $1"
  if ! sha256sum --status --check <<<"$2  $part" 2>/dev/null; then
    curl --fail --location --silent --show-error --retry 5 --retry-connrefused --continue-at - --output "$part" "$1" ||
      die "$1 could not be downloaded. What is there stays in $part; run this again to go on"
    sha256sum --status --check <<<"$2  $part" || {
      rm -f "$part"
      die "$1 does not have the checksum $2 that pins expects. Try again; if it stays so, the file is not the one pinned"
    }
  fi
  mv "$part" "$3"
}

# Prints the folder for what an image needs besides its recipe, and removes those of earlier versions.
folder_for() { # NAME FILE-OR-VERSION...
  local name=$1 item folder other
  shift
  folder=$cache/$name-$(for item; do if [[ -f $item ]]; then cat "$item"; else say "$item"; fi; done | sha256sum | cut -c1-12)
  for other in "$cache/$name"-*; do
    [[ $other == "$folder" || ! -d $other ]] || rm -rf "$other"
  done
  say "$folder"
}

# Copies the jars that the image's pom.xml names, and all that they need, to a folder.
maven_jars() { # NAME FOLDER PROPERTY...
  local name=$1 folder=$2
  shift 2
  [[ ! -d $folder ]] || return 0
  rm -rf "$folder.part"
  say "  resolving jars from Maven's repositories"
  "$project/mvnw" -q -B -ntp -C -f "$recipes/$name/pom.xml" "$@" -Dicestream.libs="$folder.part" \
    dependency:copy-dependencies ||
    die "Maven could not resolve the jars of $name, see above. It uses the mirrors of ~/.m2/settings.xml"
  mv "$folder.part" "$folder"
}

# Lets pip run in the image of Python, with the index, proxy and certificates of whoever runs this.
run_pip() { # FOLDER ARGUMENT...
  local folder=$1 name file certificates=${PIP_CERT:-${REQUESTS_CA_BUNDLE:-${SSL_CERT_FILE:-}}} options=()
  shift
  mkdir -p "$folder"
  for name in PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST PIP_PROXY http_proxy https_proxy no_proxy; do
    [[ -z ${!name:-} ]] || options+=(--env "$name")
  done
  for file in /etc/pip.conf "${XDG_CONFIG_HOME:-$HOME/.config}/pip/pip.conf" "$HOME/.pip/pip.conf"; do
    [[ ! -f $file ]] || options+=(--volume "$file:$file:ro")
  done
  [[ -z $certificates ]] || options+=(--volume "$certificates:/certificates.pem:ro" --env PIP_CERT=/certificates.pem)
  docker run --rm --network host --user "$(id -u):$(id -g)" --env "HOME=$HOME" "${options[@]}" \
    --volume "$folder:$folder" --workdir "$folder" --volume "$recipes:$recipes:ro" "$(tag_of python)" \
    python3 -m pip --disable-pip-version-check --no-cache-dir "$@" >"$cache/pip.log" 2>&1 || {
    tail -n 20 "$cache/pip.log" >&2
    die "pip could not download from PyPI, see above. PIP_INDEX_URL or pip.conf name another index, PIP_CERT its certificate"
  }
}

# Each of these adds to the array "context", which is what tar is to pack for the engine.

prepare_kafka() {
  local folder
  folder=$(folder_for kafka "$recipes/kafka/pom.xml" "$kafka_version" "$kafka_log4j" "$kafka_jackson")
  maven_jars kafka "$folder/libs" \
    -Dkafka.version="$kafka_version" -Dlog4j.version="$kafka_log4j" -Djackson.version="$kafka_jackson"
  context+=(-C "$folder" libs)
}

prepare_localstack() {
  local folder packages=$recipes/localstack/constraints.txt
  grep -qx "localstack-core==$localstack_version" "$packages" ||
    die "pins has LocalStack $localstack_version and $packages another version; change both"
  folder=$(folder_for localstack "$packages")
  if [[ ! -d $folder/wheels ]]; then
    say '  downloading packages of Python'
    run_pip "$folder/part" wheel --quiet --wheel-dir . --no-deps --requirement "$packages"
    mv "$folder/part" "$folder/wheels"
  fi
  context+=(-C "$folder" wheels)
}

prepare_rest() {
  local jar=$cache/downloads/iceberg-open-api-$rest_version.jar
  download "$central/org/apache/iceberg/iceberg-open-api/$rest_version/${jar##*/}" "$rest_sha256" "$jar"
  context+=(--transform 's/^iceberg-open-api-.*/iceberg-rest-adapter.jar/' -C "$cache/downloads" "${jar##*/}")
}

# The package is taken as it is: pip would build it otherwise.
prepare_spark() {
  local folder
  folder=$(folder_for spark "$spark_version" "$spark_sha256")
  if [[ ! -d $folder/package ]]; then
    say '  downloading pyspark'
    mkdir -p "$folder/part"
    printf 'pyspark==%s --hash=sha256:%s\n' "$spark_version" "$spark_sha256" >"$folder/requirements.txt"
    run_pip "$folder" download --quiet --dest part --no-deps --no-binary :all: --require-hashes \
      --requirement requirements.txt
    mv "$folder/part" "$folder/package"
  fi
  context+=(--transform 's/^pyspark-.*/pyspark.tar.gz/' -C "$folder/package" "pyspark-$spark_version.tar.gz")
}

prepare_trino() {
  local server=$cache/downloads/trino-server-$trino_version.tar.gz
  local cli=$cache/downloads/trino-cli-$trino_version-executable.jar
  download "$central/io/trino/trino-server/$trino_version/${server##*/}" "$trino_server_sha256" "$server"
  download "$central/io/trino/trino-cli/$trino_version/${cli##*/}" "$trino_cli_sha256" "$cli"
  chmod +x "$cli"
  context+=(--transform 's/^trino-server-.*/trino-server.tar.gz/' --transform 's/^trino-cli-.*/trino-cli/'
    -C "$cache/downloads" "${server##*/}" "${cli##*/}")
}

prepare_image() { # NAME
  case $1 in
  kafka) prepare_kafka ;;
  localstack) prepare_localstack ;;
  rest) prepare_rest ;;
  spark) prepare_spark ;;
  trino) prepare_trino ;;
  esac
}

# The parts of the recipe and what has been prepared go to the engine as one stream: nothing is copied before.
build_image() { # NAME [force]
  local name=$1 variable context=(-C "$recipes/$1" .) arguments=()
  [[ -z ${2:-} ]] || arguments+=(--no-cache)
  prepare_image "$name"
  for variable in http_proxy https_proxy no_proxy; do
    [[ -z ${!variable:-} ]] || arguments+=(--build-arg "$variable=${!variable}")
  done
  tar --create --owner=0 --group=0 --mode=a+rX "${context[@]}" |
    DOCKER_BUILDKIT=0 docker build --quiet --force-rm "${arguments[@]}" --label "$label=$(recipe_of "$name")" \
      --tag "$(tag_of "$name")" - >"$cache/$name.log" 2>&1 || {
    tail -n 40 "$cache/$name.log" >&2
    die "$(tag_of "$name") could not be built, see above and $cache/$name.log"
  }
  docker image prune --force --filter label=io.icestream.stage >/dev/null
  rm -rf "$cache/unpacked"
}

provide() { # NAME [force]
  local name=$1 tag base there recipe old began=$SECONDS
  tag=$(tag_of "$name")
  base=$(base_of "$name")
  [[ -z $base ]] || provide "$base"
  there=$(recipe_there "$tag")
  recipe=$(recipe_of "$name")
  if [[ -z ${2:-} ]]; then
    case $there in
    "$recipe") return 0 ;;
    none) say "$tag is there and was not assembled by this script: left alone (--force replaces it)" && return 0 ;;
    esac
  fi
  say "$tag"
  check_space "$name"
  old=$(docker image inspect --format '{{.Id}}' "$tag" 2>/dev/null || true)
  case $name in
  bookworm | trixie) "$recipes/debian.sh" "$name" "$tag" "$label=$recipe" "$cache" ;;
  *) build_image "$name" "${2:-}" ;;
  esac
  # The one before may be in use, and then stays
  [[ -z $old || $old == "$(docker image inspect --format '{{.Id}}' "$tag")" ]] ||
    docker image rm "$old" >/dev/null 2>&1 || true
  say "  built in $((SECONDS - began)) s, $(docker image inspect --format '{{.Size}}' "$tag" | numfmt --to=si) bytes"
}

free_mb() { df --output=avail --block-size=1M "$1" | tail -n 1 | tr -d ' '; }

check_space() { # NAME
  local name=$1 image work free root
  image=$(column "$name" 4)
  work=$(column "$name" 5)
  free=$(free_mb "$cache")
  ((free > work + 200)) ||
    die "$(tag_of "$name") needs $work MB in $cache for downloads, $free MB are free. Free some space"
  root=$(docker info --format '{{.DockerRootDir}}')
  # The engine may run on another machine
  [[ -d $root ]] || return 0
  free=$(free_mb "$root")
  ((free > 2 * image + 200)) ||
    die "$(tag_of "$name") needs $((2 * image)) MB in $root while it is built, $free MB are free. Try: docker system prune"
}

check_tools() {
  local tool
  for tool in docker curl tar awk sha256sum flock; do
    command -v "$tool" >/dev/null || die "$tool is not on the PATH. Debian: apt install docker.io curl tar gawk coreutils util-linux"
  done
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1 ||
    die 'no Docker engine answers. Start one, or: localstack/images/engine start'
}

main() {
  local force='' wanted=() name
  while (($#)); do
    case $1 in
    --help | -h) usage && exit ;;
    --list) list && exit ;;
    --force) force=yes ;;
    -*) die "unknown option $1; --help names those there are" ;;
    *) wanted+=("$(name_of "$1")") ;;
    esac
    shift
  done
  ((${#wanted[@]})) || mapfile -t wanted < <(names)

  check_tools
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock --nonblock 9 || { say 'Another build.sh is at work; waiting for its end' && flock 9; }
  for name in "${wanted[@]}"; do
    provide "$name" "$force"
  done
  say "All of ${wanted[*]} are there, after $SECONDS s"
}

# On one line: Bash reads no further in a file that changes while images are built
main "$@"; exit
