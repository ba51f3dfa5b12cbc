#!/usr/bin/env sh
# Renews the pins for every platform, with hashes. Needs uv; run it from the project's folder.
set -eu
export UV_CUSTOM_COMPILE_COMMAND=".pins/make.sh"
compile() { uv pip compile --quiet --universal --generate-hashes --python-version 3.11 "$@"; }
compile pyproject.toml .pins/install.in -o .pins/run.txt
compile pyproject.toml .pins/install.in --extra test --extra build -c .pins/run.txt -o .pins/dev.txt
