import { shortId } from '../model/object-id.ts';
import type { RunRecord } from '../model/record.ts';
import { formatRunDuration } from '../model/run-duration.ts';
import type { Step } from '../model/step.ts';
import type { TestsFile } from '../model/test-case.ts';
import { printable } from '../output/terminal-text.ts';
import { annotationSection } from './annotation-section.ts';
import { artefactSection, type PageArtefact } from './artefact-section.ts';
import { escapeHtml } from './html.ts';
import { logSection } from './log-section.ts';
import { outcomeLook, outcomeReason, type OutcomeLook } from './outcome-look.ts';
import { ansiStyle, baseStyle, listStyle, stepStyle, summaryStyle } from './page-style.ts';
import { stepSection } from './step-section.ts';
import { testSection } from './test-section.ts';

export interface PageParts {
  record: RunRecord;
  steps: readonly Step[];
  tests?: TestsFile;
  /** What `summarySection` makes of the script's own account. */
  summary?: string;
  artefacts: readonly PageArtefact[];
  /** The last part of the log, decoded. */
  logTail: string;
  /** Size of the whole log. */
  logBytes: number;
}

/**
 * The page stored with a run as index.html: complete by itself, without scripts and without requests to anywhere.
 *
 * It is well-formed XML too. Whatever it shows was written by others and is escaped; the policy in it forbids scripts
 * should that ever fail.
 */
export function resultPage({ record, steps, tests, summary = '', artefacts, logTail, logBytes }: PageParts): string {
  const body = [
    header(record),
    ...record.notes.map((note) => callout(text(note))),
    facts(record),
    testSection(tests),
    annotationSection(record.annotations, record.annotationsOmitted),
    summary,
    stepSection(steps, record.durationMs),
    artefactSection(artefacts),
    logSection(logTail, logBytes),
    footer(record),
  ].join('');
  return `<!DOCTYPE html>\n<html lang="en">\n${head(record, body)}\n<body>\n${body}</body>\n</html>\n`;
}

/** Carries the styles of what the body shows, and no more. */
function head(record: RunRecord, body: string): string {
  const { title, color } = outcomeLook(record.outcome);
  const name = `${title}: ${shortId(record.commit)}${record.branch === null ? '' : ` (${printable(record.branch)})`}`;
  const style = [
    baseStyle,
    body.includes('<ol class="steps">') ? stepStyle : '',
    body.includes('<ul class="plain">') ? listStyle : '',
    body.includes('<div class="md">') ? summaryStyle : '',
    /<span class="(?:[fk]\d|bo|di|it|un)/.test(body) ? ansiStyle : '',
    `:root{--state:var(--${color})}`,
  ].join('');
  return [
    '<head>',
    '<meta charset="utf-8"/>',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="color-scheme" content="light dark"/>',
    `<title>${escapeHtml(name)}</title>`,
    `<link rel="icon" href="${icon(outcomeLook(record.outcome))}"/>`,
    `<style>${style}</style>`,
    '</head>',
  ].join('\n');
}

const icon = ({ rgb, path }: OutcomeLook): string =>
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Ccircle cx='12' cy='12' r='12' fill='%23${rgb}'/%3E%3Cpath d='${path}' fill='none' stroke='white' stroke-width='2.5'/%3E%3C/svg%3E`;

function header(record: RunRecord): string {
  const { title, path } = outcomeLook(record.outcome);
  const dirty = record.dirty ? ' <span class="tag">dirty</span>' : '';
  const circle = `<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12" fill="var(--state)"/><path d="${path}" fill="none" stroke="var(--bg)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  const text = `<h1>${title}</h1><p>${escapeHtml(printable(outcomeReason(record)))}${dirty}</p>`;
  const warning = record.dirty ? callout('The working tree had changes that no commit holds: this result says nothing about the commit.') : '';
  return `<header>${circle}<div>${text}</div></header>\n${warning}`;
}

const callout = (html: string): string => `<p class="note">${html}</p>\n`;

function facts(record: RunRecord): string {
  const { job, rerunOf, branch, clean } = record;
  const items: [string, string][] = [
    ['Commit', `<code title="${escapeHtml(record.commit)}">${escapeHtml(shortId(record.commit))}</code>`],
    ['Branch', branch === null ? '<span class="soft">none</span>' : text(branch)],
    ['Duration', text(formatRunDuration(record.durationMs, record.outcome))],
    ['Started', moment(record.startedAt)],
    ['Finished', moment(record.finishedAt)],
    ['Started by', text(`${record.trigger}${job === undefined ? '' : `, ${job}`}`)],
    ['Ran on', text(`${record.user}@${record.host}`)],
    ['Ran in', clean ? 'a temporary worktree' : 'the working tree'],
    ...(rerunOf === undefined ? [] : [['Repeats run', `<code>${text(rerunOf)}</code>`] as [string, string]]),
  ];
  return `<dl>${items.map(([name, html]) => `<div><dt>${name}</dt><dd>${html}</dd></div>\n`).join('')}</dl>\n`;
}

const text = (value: string): string => escapeHtml(printable(value));

/** `2025-11-21 04:34:10 UTC` */
const moment = (iso: string): string =>
  `<time datetime="${escapeHtml(iso)}">${escapeHtml(iso.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC'))}</time>`;

function footer({ runId, jciVersion, gitVersion, platform }: RunRecord): string {
  return `<footer>Run ${text(runId)}, recorded by git jci ${text(jciVersion)} with git ${text(gitVersion)} on ${text(platform)}</footer>\n`;
}
