import { formatSize } from '../base/byte-size.ts';
import { printable } from '../output/terminal-text.ts';
import { count, heading } from './heading.ts';
import { escapeHtml, relativeUrl } from './html.ts';

export interface PageArtefact {
  path: string;
  /** Bytes. */
  size: number;
}

/** More than this make the page heavier than the result it describes. */
const listedArtefacts = 1000;
/** A longer list is folded, so that the log stays near. */
const unfoldedArtefacts = 40;

/** What the run left, with links that work wherever the page and the files stand together. */
export function artefactSection(artefacts: readonly PageArtefact[]): string {
  if (artefacts.length === 0) return '';
  const total = artefacts.reduce((sum, { size }) => sum + size, 0);
  const shown = artefacts.slice(0, listedArtefacts).map(artefactItem).join('');
  const omitted = artefacts.length - listedArtefacts;
  const list = `<ul class="plain">${shown}${omitted > 0 ? `<li class="soft">and ${omitted} more</li>` : ''}</ul>\n`;
  const folded = artefacts.length > unfoldedArtefacts ? `<details><summary>Show them</summary>${list}</details>\n` : list;
  return heading('Artefacts', `${count(artefacts.length, 'file')}, ${formatSize(total)}`) + folded;
}

/** `bdi` keeps a name in a right-to-left script from moving the size beside it. */
const artefactItem = ({ path, size }: PageArtefact): string =>
  `<li><span class="size">${formatSize(size)}</span><a href="${relativeUrl(path)}"><bdi>${escapeHtml(printable(path))}</bdi></a></li>\n`;
