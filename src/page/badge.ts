import type { CommitVerdict } from '../model/commit-verdict.ts';
import { escapeHtml } from './html.ts';

const looks: Record<CommitVerdict, { text: string; color: string }> = {
  passed: { text: 'passed', color: '#1a7f37' },
  failed: { text: 'failed', color: '#cf222e' },
  running: { text: 'running', color: '#9a6700' },
  none: { text: 'no result', color: '#6e7781' },
};

/** An advance that fits DejaVu and Verdana at 11 px: text in an image cannot be measured here. */
const charWidth = 6.6;
const padding = 12;
const height = 20;

/** A flat badge as an SVG document, with a title for screen readers. */
export function badgeSvg(label: string, verdict: CommitVerdict): string {
  const { text, color } = looks[verdict];
  const left = widthOf(label);
  const right = widthOf(text);
  const safe = escapeHtml(label);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${height}" role="img" aria-label="${safe}: ${text}">
<title>${safe}: ${text}</title>
<clipPath id="r"><rect width="${left + right}" height="${height}" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="${height}" fill="#24292f"/><rect x="${left}" width="${right}" height="${height}" fill="${color}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="${left / 2}" y="14">${safe}</text><text x="${left + right / 2}" y="14">${text}</text></g>
</svg>
`;
}

const widthOf = (text: string): number => Math.ceil([...text].length * charWidth) + padding;
