import type { Detected } from './detect.ts';
import type { Part, Stage } from './part.ts';

const head = `#!/usr/bin/env bash
# Run for a commit by 'git jci run'. Exit code 0 means that it passed.
# Files left in $JCI_OUTPUT_DIR are stored with the result; JUnit XML and TAP among them are read as tests.
set -euo pipefail
cd "$JCI_REPO_ROOT"
`;

/** Fails on purpose: a script that checks nothing must not say that all is well. */
const nothingFound = `
# Nothing here says how this project is built and tested, so say it yourself:
#   git jci step build -- make
#   git jci step test -- make test
echo '.jci/run.sh does not check anything yet: edit it' >&2
exit 1
`;

/** The text of run.sh for what was found. */
export function formatScript({ parts, offered }: Detected): string {
  if (parts.length === 0) return head + nothingFound;
  const sections = parts.map((part) => formatPart(part, parts.length > 1));
  return [head, ...sections, ...offered.map(formatOffer)].join('\n');
}

function formatPart({ tool, found, comment, stages }: Part, several: boolean): string {
  const lines = [`# ${found}`, ...(comment === undefined ? [] : [`# ${comment}`])];
  const named = stages.flatMap((stage) => formatStage(stage, several ? `${tool}-` : ''));
  return [...lines, ...named, ''].join('\n');
}

function formatStage(stage: Stage, prefix: string): string[] {
  if ('shell' in stage) return stage.shell.map((line) => line.replace('git jci step ', `git jci step ${prefix}`));
  const step = `git jci step ${prefix}${stage.name} -- ${stage.command}`;
  return stage.onlyIf === undefined ? [step] : [`if ${stage.onlyIf}; then`, `  ${step}`, 'fi'];
}

function formatOffer(part: Part): string {
  const steps = part.stages.flatMap((stage) => formatStage(stage, `${part.tool}-`));
  return [`# ${part.found} could be used instead:`, ...steps.map((line) => `#   ${line}`), ''].join('\n');
}

/** `npm (install, lint, test)`, for people. */
export function describePart({ tool, found, stages }: Part): string {
  const names = stages.flatMap((stage) => ('name' in stage ? [stage.name] : []));
  return `${found}: ${tool} (${names.join(', ')})`;
}
