#!/usr/bin/env bash
# Our own pipeline: everything of 'npm run verify' that needs nothing but Node, git and bash. The end-to-end tests and the
# standalone executable are left to it, since they need packages of the system. Run this with: npx git-jci run
set -euo pipefail
cd "$JCI_REPO_ROOT"

step() { node "$JCI_REPO_ROOT/bin/git-jci" step "$@"; }

[ -d node_modules ] || npm ci
npm run --silent build

step types -- npm run --silent types & types=$!
step lint -- npm run --silent lint & lint=$!
wait "$types"
wait "$lint"
step layers -- npm run --silent layers
step unused -- npm run --silent unused
step sizes -- npm run --silent sizes
step unit -- npx vitest run --project unit --project guard --reporter=default --reporter=junit --outputFile.junit="$JCI_OUTPUT_DIR/unit.xml"
