#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Starts LocalStack by the conventions of its own image.
set -euo pipefail

# LOCALSTACK_DEBUG stands for DEBUG, but these names are whole
for name in $(compgen -e LOCALSTACK_); do
  case $name in
  LOCALSTACK_HOST*) ;;
  LOCALSTACK_[A-Z]*) export "${name#LOCALSTACK_}=${!name}" ;;
  esac
done

mkdir -p /var/lib/localstack/logs
# shellcheck disable=SC1091
source /opt/code/localstack/.venv/bin/activate

if [[ -d /etc/localstack/init/boot.d ]]; then
  python3 -m localstack.runtime.init BOOT
fi
exec localstack-supervisor
