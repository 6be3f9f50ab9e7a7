import MarkdownIt, { type MarkdownIt as Markdown, type Token } from 'markdown-it';
import { formatSize } from '../base/byte-size.ts';
import { summaryName } from '../model/artefact-name.ts';
import { stripEscapes } from '../output/strip-escapes.ts';
import { printableLines } from '../output/terminal-text.ts';
import { heading } from './heading.ts';

/** The beginning of the script's own account of the run, which is Markdown. */
export interface PageSummary {
  head: Buffer;
  /** Size of the whole file. */
  bytes: number;
}

/**
 * What `summary.md` says. Loading the library for it takes a while: this module is for runs that have one.
 *
 * HTML in it is text, links lead to the web, to a mailbox or to an artefact beside it, and images are links: the page asks nobody for anything.
 */
export function summarySection({ head, bytes }: PageSummary): string {
  const whole = head.length >= bytes;
  const html = markdownToHtml({ head, bytes });
  const link = whole ? '' : `<p><a href="./${summaryName}">${summaryName}</a> <span class="soft">is the whole of it.</span></p>\n`;
  return `${heading('Summary', whole ? '' : `the first ${formatSize(head.length)} of ${formatSize(bytes)}`)}<div class="md">\n${html}</div>\n${link}`;
}

/** The same as HTML alone, that can do no harm wherever it stands. */
export function markdownToHtml({ head, bytes }: PageSummary): string {
  const text = stripEscapes(head).toString('utf8');
  return clean(withTaskBoxes(markdown.render(head.length >= bytes ? text : toLineEnd(text))));
}

/** No text has a tag: there its brackets are entities. */
const withTaskBoxes = (html: string): string =>
  html.replace(/(<li>(?:\n<p>)?)\[([ x])\] /gi, (_, item: string, mark: string) => `${item}${mark === ' ' ? '☐' : '☑'} `);

const markdown = createMarkdown();

function createMarkdown(): Markdown {
  const made = new MarkdownIt({ html: false, linkify: false, xhtmlOut: true });
  made.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url) || isArtefact(url);
  made.core.ruler.push('images as links', ({ tokens }) => {
    for (const token of tokens) if (token.children !== null) token.children = withoutImages(token.children);
  });
  return made;
}

/** A relative path that stays where it begins; a browser takes `%2e` for a dot. */
const isArtefact = (url: string): boolean =>
  /^[^:?#]+(?:#[^:]*)?$/.test(url) && url.replace(/^\.\/|#.*$/g, '').split('/').every((name) => name !== '' && !/^(?:\.|%2e)+$/i.test(name));

/** In a link, where there can be no other, an image is its text. */
function withoutImages(tokens: readonly Token[]): Token[] {
  let isInLink = false;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open' || token.type === 'link_close') isInLink = token.type === 'link_open';
    return token.type === 'image' ? imageLink(token, isInLink) : token;
  });
}

function imageLink(image: Token, isInLink: boolean): Token[] {
  const url = String(image.attrGet('src') ?? '');
  const TokenOf = image.constructor as typeof Token;
  const text = new TokenOf('text', '', 0);
  text.content = image.content === '' ? url : image.content;
  if (isInLink) return [text];
  const open = new TokenOf('link_open', 'a', 1);
  open.attrSet('href', url);
  return [open, text, new TokenOf('link_close', 'a', -1)];
}

/** Entities give characters too that no page may have. */
const clean = (html: string): string => printableLines(html).replace(/[\ufffe\uffff]/g, '\ufffd');

/** It was cut anywhere, perhaps inside a character. */
function toLineEnd(text: string): string {
  const end = text.lastIndexOf('\n');
  return end < 0 ? text.replace(/\ufffd+$/, '') : text.slice(0, end + 1);
}
