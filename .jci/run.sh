# Our own pipeline: what `npm run verify` checks, less what needs the machine to itself. Run it with: npx git-jci run
set -euo pipefail
cd "$JCI_REPO_ROOT"

step() { node "$JCI_REPO_ROOT/bin/git-jci" step "$@"; }

[ -d node_modules ] || step install -- npm ci
[ -f dist/main.cjs ] || npm run --silent build

step types -- npm run --silent types &
types=$!
step lint -- npm run --silent lint &
lint=$!
wait "$types"
wait "$lint"
step layers -- npm run --silent layers
step unused -- npm run --silent unused
step unit -- npx vitest run --project unit --project guard --reporter=default --reporter=junit --outputFile.junit="$JCI_OUTPUT_DIR/unit.xml"
