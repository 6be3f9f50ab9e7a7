import type { Artefact } from '../../api/run-detail.ts';

type Kind = Artefact['kind'];

const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  ico: 'image/x-icon',
};

/** What a page that is shown in a frame may need beside itself. */
const pageTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  htm: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

const binaries = new Set(
  'a o so dll dylib exe bin class jar war wasm zip gz tgz xz bz2 zst 7z rar tar deb rpm apk dmg iso img pdf doc docx xls xlsx ppt pptx mp3 mp4 mkv mov webm ogg wav ttf otf woff woff2 db sqlite pyc node'.split(' '),
);

/**
 * How an artefact can be shown, by its name: to look into each of ten thousand would take long.
 * @param reports the artefacts that test cases were read from.
 */
export function artefactKind(path: string, mode: string, reports: ReadonlySet<string>): Kind {
  if (mode === '120000') return 'link';
  if (reports.has(path)) return 'junit';
  const extension = extensionOf(path);
  if (imageTypes[extension] !== undefined) return 'image';
  if (extension === 'html' || extension === 'htm') return 'html';
  if (extension === 'md' || extension === 'markdown') return 'markdown';
  if (extension === 'csv' || extension === 'tsv') return 'table';
  return binaries.has(extension) ? 'binary' : 'text';
}

/** The type an artefact is served as. Whatever is neither an image nor part of a page is plain text, or bytes to be saved. */
export function contentType(path: string): string {
  const extension = extensionOf(path);
  return imageTypes[extension] ?? pageTypes[extension] ?? (binaries.has(extension) ? 'application/octet-stream' : 'text/plain; charset=utf-8');
}

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** A path as it stands in a URL: every byte that could mean something else is encoded, also those that are no UTF-8. */
export function hrefOf(rawPath: Buffer): string {
  return rawPath
    .toString('latin1')
    .replace(/[^A-Za-z0-9_.~/-]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)
    .replace(/(^|\/)(\.{1,2})(?=\/|$)/g, (_, before: string, dots: string) => before + dots.replaceAll('.', '%2E'));
}

/** The bytes that a part of a URL stands for; `undefined` for one that is not well encoded, or holds a NUL. */
export function bytesOfHref(href: string): Buffer | undefined {
  if (/%(?![0-9A-Fa-f]{2})|%00/.test(href)) return undefined;
  const text = href.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // A URL that was given by hand may hold characters that nobody encoded.
  return /[^\x00-\xff]/.test(text) ? Buffer.from(text, 'utf8') : Buffer.from(text, 'latin1');
}
