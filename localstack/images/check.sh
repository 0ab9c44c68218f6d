#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Proves that each image does its work: starts it, waits until it is healthy, lets it do something real. Removes all
# that it has made, but not the images.
#
# Functions are called by their names: check_NAME
# shellcheck disable=SC2317
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly run=icestream-check-$$
# shellcheck source-path=SCRIPTDIR source=pins
source "$here/pins"

readonly all=(bookworm trixie tiny temurin python kafka localstack rest spark trino prometheus)

usage() {
  cat <<EOF
usage: localstack/images/check.sh [NAME...]

Starts the images named, or all of: ${all[*]}
Containers are called $run-NAME and publish free ports of 127.0.0.1. Exit code 1 at the first that fails.
EOF
}

say() { printf '%s\n' "$*"; }

fail() {
  docker logs --tail 30 "$run-$current" >&2 2>/dev/null || true
  printf 'check.sh: %s: %s\n' "$current" "$*" >&2
  exit 1
}

work=$(mktemp -d)
readonly work
current=

clean() {
  local containers
  mapfile -t containers < <(docker ps --all --quiet --filter "label=$run" 2>/dev/null)
  ((${#containers[@]} == 0)) || docker rm --force --volumes "${containers[@]}" >/dev/null
  docker network rm "$run" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

# Starts a container that others reach under its name, unless it runs already.
start() { # NAME IMAGE OPTION...
  local name=$1 image=$2
  shift 2
  [[ -z $(docker ps --quiet --filter "name=^$run-$name\$") ]] || return 0
  docker network inspect "$run" >/dev/null 2>&1 || docker network create "$run" >/dev/null
  docker run --detach --label "$run" --name "$run-$name" --network "$run" --network-alias "$name" "$@" "$image" \
    >/dev/null || fail "$image does not start; is it there? localstack/images/build.sh --list"
}

in_image() { # IMAGE ARGUMENT...
  docker run --rm --label "$run" "$@"
}

inside() { # NAME COMMAND...
  local name=$1
  shift
  docker exec --interactive "$run-$name" "$@"
}

address() { # NAME PORT
  docker port "$run-$1" "$2" | head -n 1
}

wait_until() { # SECONDS WHAT COMMAND...
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "$what: not within the time"
    sleep 0.5
  done
}

is_healthy() { [[ $(docker inspect --format '{{.State.Health.Status}}' "$run-$1") == healthy ]]; }

has_logged() { # NAME PATTERN
  docker logs "$run-$1" 2>&1 | grep -q "$2"
}

expect() { # WHAT EXPECTED FOUND
  [[ $3 == *"$2"* ]] || fail "$1: expected '$2', found '$3'"
}

check_bookworm() { expect 'release' bookworm "$(in_image debian:bookworm-slim cat /etc/os-release)"; }

check_trixie() { expect 'release' trixie "$(in_image debian:trixie-slim cat /etc/os-release)"; }

# What Testcontainers asks of it: a shell, and to see a file that is mounted.
check_tiny() {
  say mounted >"$work/mounted"
  expect 'mounted file' mounted "$(in_image --volume "$work/mounted:/dummy:ro" alpine:3.17 /bin/sh -c 'cat /dummy')"
  expect 'df' 1024-blocks "$(in_image alpine:3.17 df -P)"
}

check_temurin() {
  expect 'java' '"17.' "$(in_image eclipse-temurin:17-jre /opt/java/openjdk/bin/java -version 2>&1)"
}

check_python() { expect 'python' 'Python 3.13' "$(in_image python:3.13-slim-trixie python --version)"; }

check_kafka() {
  local tool=/opt/kafka/bin/kafka server='--bootstrap-server localhost:9092' consume
  start kafka "apache/kafka:$kafka_version" --env KAFKA_HEAP_OPTS=-Xmx512m --publish 127.0.0.1::9092
  wait_until 120 'the broker runs' has_logged kafka 'Transitioning from RECOVERY to RUNNING'
  # shellcheck disable=SC2086
  inside kafka "$tool-topics.sh" $server --create --topic check --partitions 2 >/dev/null
  # shellcheck disable=SC2086
  printf '%s\n' one two three | inside kafka "$tool-console-producer.sh" $server --topic check
  consume="$tool-console-consumer.sh $server --topic check --from-beginning --max-messages 3 --timeout-ms 60000"
  # shellcheck disable=SC2086
  expect 'records' 'one three two' "$(inside kafka $consume 2>/dev/null | sort | paste -sd ' ')"
  # Its storage is formatted already when it starts again
  docker restart "$run-kafka" >/dev/null
  # shellcheck disable=SC2086
  wait_until 120 'the broker runs again' inside kafka "$tool-broker-api-versions.sh" $server
  # shellcheck disable=SC2086
  expect 'records after a restart' 'one three two' "$(inside kafka $consume 2>/dev/null | sort | paste -sd ' ')"
}

start_localstack() {
  mkdir -p "$work/init/ready.d" "$work/init/boot.d"
  printf '#!/usr/bin/env bash\nset -e\nawslocal s3 mb s3://lake\n' >"$work/init/ready.d/10-bucket.sh"
  printf '#!/usr/bin/env bash\ntouch /tmp/booted\n' >"$work/init/boot.d/10-mark.sh"
  chmod -R a+rx "$work" "$work"/init/*/*.sh
  start localstack "localstack/localstack:$localstack_version" --env LOCALSTACK_CHECK=stripped \
    --volume "$work/init:/etc/localstack/init:ro" --publish 127.0.0.1::4566
  wait_until 120 'the line "Ready."' has_logged localstack '^Ready\.$'
}

check_localstack() {
  local aws='inside localstack awslocal' url
  start_localstack
  wait_until 60 'healthy' is_healthy localstack
  url=http://$(address localstack 4566)
  expect 'hooks' '"completed": true' "$(curl --fail --silent "$url/_localstack/init/ready")"
  inside localstack test -e /tmp/booted || fail 'the hook of boot.d did not run'
  expect 'environment' CHECK=stripped "$(inside localstack sh -c 'tr "\0" "\n" </proc/1/environ')"
  expect 'bucket of the hook' lake "$($aws s3 ls)"
  say content | $aws s3 cp - s3://lake/check/object >/dev/null
  expect 'object' content "$($aws s3 cp s3://lake/check/object -)"
  expect 'object without If-None-Match' PreconditionFailed \
    "$($aws s3api put-object --bucket lake --key check/object --if-none-match '*' 2>&1 || true)"
  $aws cloudwatch put-metric-data --namespace Check --metric-name rows --value 1
  expect 'metric' rows "$($aws cloudwatch list-metrics --namespace Check)"
  $aws sqs create-queue --queue-name check >/dev/null
  $aws sqs send-message --queue-url http://localhost:4566/000000000000/check --message-body hello >/dev/null
  expect 'message' hello "$($aws sqs receive-message --queue-url http://localhost:4566/000000000000/check)"
  $aws ssm put-parameter --name /check --type String --value parameter >/dev/null
  expect 'parameter' parameter "$($aws ssm get-parameter --name /check)"
  $aws secretsmanager create-secret --name check --secret-string secret >/dev/null
  expect 'secret' secret "$($aws secretsmanager get-secret-value --secret-id check)"
  expect 'account' 000000000000 "$($aws sts get-caller-identity)"
  check_cloudformation
}

check_cloudformation() {
  local aws='inside localstack awslocal'
  inside localstack tee /tmp/stack.yaml >/dev/null <<'EOF'
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: check-of-stack}
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: check-of-stack}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: check-of-stack
      Namespace: Check
      MetricName: rows
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
EOF
  $aws cloudformation deploy --stack-name check --template-file /tmp/stack.yaml >/dev/null
  expect 'bucket of the stack' check-of-stack "$($aws s3 ls)"
  expect 'queue of the stack' check-of-stack "$($aws sqs list-queues)"
  expect 'alarm of the stack' check-of-stack "$($aws cloudwatch describe-alarms --alarm-names check-of-stack)"
  $aws cloudformation delete-stack --stack-name check
  wait_until 60 'the stack is deleted' is_deleted check-of-stack
}

is_deleted() { ! inside localstack awslocal s3 ls | grep -q "$1"; }

start_rest() {
  start_localstack
  start rest "apache/iceberg-rest-fixture:$rest_version" --publish 127.0.0.1::8181 \
    --env CATALOG_WAREHOUSE=s3://lake/warehouse --env CATALOG_IO__IMPL=org.apache.iceberg.aws.s3.S3FileIO \
    --env CATALOG_S3_ENDPOINT=http://localstack:4566 --env CATALOG_S3_PATH__STYLE__ACCESS=true \
    --env AWS_REGION=us-east-1 --env AWS_ACCESS_KEY_ID=test --env AWS_SECRET_ACCESS_KEY=test
  wait_until 60 'healthy' is_healthy rest
}

post() { # URL JSON
  curl --fail --silent --show-error --header 'Content-Type: application/json' --data "$2" "$1"
}

check_rest() {
  local url table
  start_rest
  url=http://$(address rest 8181)/v1
  post "$url/namespaces" '{"namespace": ["check"]}' >/dev/null
  table='{"name": "t", "schema": {"type": "struct", "fields": [{"id": 1, "name": "id", "type": "long", "required": false}]}}'
  expect 'table' s3://lake/warehouse/check/t "$(post "$url/namespaces/check/tables" "$table")"
  expect 'its metadata in the bucket' metadata.json \
    "$(inside localstack awslocal s3 ls --recursive s3://lake/warehouse/check/t/metadata/)"
}

check_spark() {
  local image=apache/spark:$spark_version-scala2.12-java17-ubuntu
  expect 'user' 185 "$(in_image "$image" id -u)"
  expect 'version' "version $spark_version" "$(in_image "$image" /opt/spark/bin/spark-submit --version 2>&1)"
  expect 'sum' 499500 "$(in_image "$image" driver --master 'local[1]' --driver-memory 512m \
    --conf spark.sql.catalogImplementation=in-memory --conf spark.ui.enabled=false \
    --class org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver spark-internal \
    -e 'SELECT sum(id) FROM range(1000)' 2>/dev/null)"
}

check_trino() {
  local sql='inside trino trino --execute'
  start_rest
  cat >"$work/lake.properties" <<'EOF'
connector.name=iceberg
iceberg.catalog.type=rest
iceberg.rest-catalog.uri=http://rest:8181
iceberg.rest-catalog.warehouse=s3://lake/warehouse
fs.native-s3.enabled=true
s3.endpoint=http://localstack:4566
s3.region=us-east-1
s3.path-style-access=true
s3.aws-access-key=test
s3.aws-secret-key=test
EOF
  chmod a+r "$work/lake.properties"
  start trino "trinodb/trino:$trino_version" --memory 1500m --publish 127.0.0.1::8080 \
    --volume "$work/lake.properties:/etc/trino/catalog/lake.properties:ro"
  wait_until 180 'healthy' is_healthy trino
  expect 'rows of tpch' '"25"' "$($sql 'SELECT count(*) FROM tpch.tiny.nation' 2>/dev/null)"
  $sql 'CREATE SCHEMA lake.trino_check; CREATE TABLE lake.trino_check.nation AS SELECT * FROM tpch.tiny.nation' \
    >/dev/null 2>&1 || fail 'no Iceberg table could be written'
  expect 'rows of the Iceberg table' '"25"' "$($sql 'SELECT count(*) FROM lake.trino_check.nation' 2>/dev/null)"
}

check_prometheus() {
  local url
  start prometheus prom/prometheus:v2.42.0 --publish 127.0.0.1::9090
  wait_until 30 'ready' inside prometheus wget -qO- http://localhost:9090/-/ready
  url=http://$(address prometheus 9090)
  expect 'version' '"version":"2.42' "$(curl --fail --silent "$url/api/v1/status/buildinfo")"
  expect 'page' '<title>Prometheus' "$(curl --fail --silent --location "$url/")"
  expect 'user' 65534 "$(inside prometheus id -u)"
}

main() {
  local name began wanted=("$@")
  [[ ${1:-} != -* ]] || { usage && exit; }
  ((${#wanted[@]})) || wanted=("${all[@]}")
  for name in "${wanted[@]}"; do
    [[ " ${all[*]} " == *" $name "* ]] || { usage >&2 && exit 64; }
  done
  docker version >/dev/null 2>&1 || {
    echo 'check.sh: no Docker engine answers. To start one: localstack/images/engine start' >&2
    exit 1
  }
  for name in "${wanted[@]}"; do
    began=$SECONDS current=$name
    "check_$name"
    say "$name: works, $((SECONDS - began)) s"
  done
}

main "$@"; exit
