/**
 * Takes user names and passwords out of URLs, wherever they stand in a line.
 *
 * A user without a password stays in `ssh://git@host`; over HTTP it may be a token, so it goes too.
 * A password typed as it is may hold anything, slashes, quotes and spaces too, and nothing tells where it ends: what stands before the
 * last `@` of the line goes with it. A host too many hidden harms nobody.
 */
export function maskCredentials(line: string): string {
  const text = withoutControls(line);
  const end = text.lastIndexOf('@') + 1;
  const masked = text.slice(0, end).replace(withPassword, '$1://***@').replace(tokens, '$1://***@');
  return masked + text.slice(end);
}

/** A URL with a colon before its first slash, in a text that ends with an `@`; schemes are short. */
const withPassword = /\b([a-z][a-z0-9+.-]{0,30}):\/\/[^/:]*:.*$/i;

const tokens = /\b(https?):\/\/[^/]*@/gi;

/** The far side writes what it likes into its messages: nothing of it may steer a terminal. */
const withoutControls = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, ' ');
