import type { RunKey } from '../../model/run-ref.ts';

/**
 * What a page or an image that may hold scripts is allowed: an origin of its own, in which it has neither our cookies nor our storage, and nothing
 * but the files of its own run. It may ask nobody for anything, and cannot lead the page around it anywhere.
 * @param origin this server's, as the browser calls it.
 */
export const documentPolicy = (origin: string, run: RunKey): string =>
  [
    'sandbox allow-scripts',
    `default-src ${filesOf(origin, run)} data: blob: 'unsafe-inline'`,
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');

/**
 * No source can name an IPv6 address (CSP 3, `host-part`). There it is `'self'`: the address of the page, though its origin is opaque. Of what else is
 * there only `/files/` lets itself be shown elsewhere, so that such a page may show files of other runs too, whose names it has to know.
 */
const filesOf = (origin: string, { commit, runId }: RunKey): string =>
  origin.includes('[') ? "'self'" : ['files', 'jci'].map((root) => `${origin}/${root}/${commit}/${runId}/`).join(' ');

/** For all that is no document: it can do nothing at all. */
export const plainPolicy = "sandbox; default-src 'none'";

/** True for what a browser would run scripts of. */
export const isDocument = (contentType: string): boolean => contentType.startsWith('text/html') || contentType.startsWith('image/svg');

/**
 * How a file is saved (RFC 6266): a name in ASCII for old clients, and the true one (RFC 8187).
 * @param path with `/` between folders: the name is its last part.
 */
export function contentDisposition(path: string, contentType: string): string {
  const name = (path.split('/').at(-1) ?? '').replaceAll(unsafe, '_') || 'artefact';
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${contentType === 'application/octet-stream' ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Control characters, and those that turn the direction of what is read: `gpj.exe` must not look like `exe.jpg`. */
const unsafe = /[\p{Cc}\u202a-\u202e\u2066-\u2069/\\]/gu;
