import { bySeverity, type Annotation } from '../model/annotation.ts';
import { printable } from '../output/terminal-text.ts';
import { heading } from './heading.ts';
import { escapeHtml } from './html.ts';

const listedAnnotations = 200;

const levelClass: Record<Annotation['level'], string> = { error: 'bad', warning: 'warn', notice: 'soft' };

/** What the script said with `::error::` and its kin, errors first. */
export function annotationSection(annotations: readonly Annotation[], omittedBefore = 0): string {
  if (annotations.length === 0) return '';
  const omitted = omittedBefore + Math.max(0, annotations.length - listedAnnotations);
  const items = bySeverity(annotations).slice(0, listedAnnotations).map(annotationItem).join('');
  const rest = omitted > 0 ? `<li class="soft">and ${omitted} more in the log</li>` : '';
  return `${heading('Annotations', String(annotations.length + omittedBefore))}<ul class="plain">${items}${rest}</ul>\n`;
}

function annotationItem({ level, message, title, file, line, col, logLine }: Annotation): string {
  const at = [line, col].filter((number) => number !== undefined).join(':');
  const where = file === undefined ? '' : ` <code>${escapeHtml(printable(file))}${at === '' ? '' : `:${at}`}</code>`;
  const name = title === undefined ? '' : ` <strong>${escapeHtml(printable(title))}</strong>`;
  return `<li><span class="size">log line ${logLine}</span><span class="${levelClass[level]}">${level}</span>${name}${where}<p>${escapeHtml(message)}</p></li>\n`;
}
