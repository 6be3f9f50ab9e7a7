const special: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup, control characters other than tab and line feed, C1, lone surrogates and noncharacters. */
 
const unsafe = /[&<>"'\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Makes any text safe as HTML text and inside a quoted attribute.
 *
 * Control characters, which HTML does not allow, become their visible pictures (`␀`, `␛`) or the replacement character.
 */
export const escapeHtml = (text: string): string => text.replace(unsafe, replacement);

function replacement(character: string): string {
  const entity = special[character];
  if (entity !== undefined) return entity;
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** A link to a file beside the page, whatever its name: `./` first, so that no name can be taken for a scheme. */
export const relativeUrl = (path: string): string =>
  `./${path.split('/').map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd'))).join('/')}`;
