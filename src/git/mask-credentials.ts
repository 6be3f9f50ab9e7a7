/**
 * Takes user names and passwords out of URLs, wherever they stand in a text.
 *
 * A user without a password stays in `ssh://git@host`; over HTTP it may be a token, so it goes too.
 * Only a slash ends the search: a password typed as it is may hold quotes and spaces, and a host too many hidden harms nobody.
 */
export function maskCredentials(text: string): string {
  return withoutControls(text).replace(/\b([a-z][a-z0-9+.-]*):\/\/([^/]*)@/gi, (whole, scheme: string, user: string) =>
    user.includes(':') || /^https?$/i.test(scheme) ? `${scheme}://***@` : whole,
  );
}

/** The far side writes what it likes into its messages: nothing of it may steer a terminal. */
const withoutControls = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, ' ');
