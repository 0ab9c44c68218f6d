#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# "driver ARGUMENT..." submits in this container, as on Kubernetes; anything else is a command.
set -euo pipefail

if [[ ${1-} == driver ]]; then
  shift
  set -- "$SPARK_HOME/bin/spark-submit" --deploy-mode client \
    --conf "spark.driver.bindAddress=${SPARK_DRIVER_BIND_ADDRESS:-0.0.0.0}" "$@"
fi
exec "$@"
