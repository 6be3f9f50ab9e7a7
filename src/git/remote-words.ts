import { refusal, type JciError } from '../base/errors.ts';
import { maskCredentials } from './mask-credentials.ts';
import type { Remote } from './remote.ts';

const linesOf = (stderr: string): string[] =>
  stderr
    .split(/[\r\n]+/)
    .map((line) => maskCredentials(line).trim())
    .filter((line) => line !== '');

/** Progress that a server reports is no message. */
const progress = /\d+% \(|^(?:Enumerating|Counting|Compressing|Writing|Receiving|Resolving|Total|Unpacking|Checking)\b/;

/** What hooks and the server said, for the user to read. At most twenty lines. */
export function serverMessages(stderr: string): string[] {
  return linesOf(stderr)
    .filter((line) => line.startsWith('remote:'))
    .map((line) => line.slice('remote:'.length).trim())
    .filter((line) => line !== '' && !progress.test(line))
    .slice(0, 20);
}

/** Lines around a failure that explain nothing. */
const chatter = /^(?:hint:|remote:|To |From |Pushing to |Please make sure|and the repository exists|POST git-)|^error: failed to push some refs/;

function gitWords(stderr: string): string {
  const telling = linesOf(stderr).filter((line) => !chatter.test(line) && !progress.test(line));
  const words = [...new Set(telling.map((line) => line.replace(/^(?:fatal|error): /, '')))];
  return words.length > 0 ? words.slice(-3).join('; ') : (serverMessages(stderr).at(-1) ?? 'git said nothing');
}

/** The connection ended before the work did. Git leaves both sides as they were, so another try is all there is to do. */
export const wasCut = (stderr: string): boolean =>
  /early EOF|unexpected disconnect|hung up|RPC failed|connection (?:was )?(?:reset|closed|aborted)|Broken pipe|transfer closed|unexpected EOF|Empty reply|(?:Recv|Send) failure|remote failure|failed to report status|expected flush|premature|timed out/i.test(
    stderr,
  );

const causes: readonly { sign: RegExp; says: (shown: string, words: string) => string; hint: (address: string) => string }[] = [
  {
    sign: /Authentication failed|could not read (?:Username|Password)|Permission denied|access denied|error: 40[13]|Host key verification failed/i,
    says: (shown, words) => `${shown} does not let us in: ${words}`,
    hint: (shown) => `try it without git jci: git ls-remote ${shown}`,
  },
  {
    sign: /does not appear to be a git repository|repository .*not found|not exported|error: 404|does not exist/i,
    says: (shown, words) => `there is no repository at ${shown}: ${words}`,
    hint: () => 'git remote -v lists the remotes',
  },
  {
    sign: /Could not resolve|Failed to connect|unable to connect|Connection refused|unreachable/i,
    says: (shown, words) => `${shown} cannot be reached: ${words}`,
    hint: (shown) => `try it without git jci: git ls-remote ${shown}`,
  },
  {
    sign: /mismatched algorithms|object format/i,
    says: (shown, words) => `${shown} uses another object format than this repository: ${words}`,
    hint: () => 'results move between repositories of one object format only',
  },
];

/**
 * The refusal for a git process that could not do what it was asked of a remote.
 * @param again the command to type once more when the connection was cut.
 */
export function remoteFailure(remote: Remote, stderr: string, again: string): JciError {
  const words = gitWords(stderr);
  const { shown } = remote;
  const cause = causes.find(({ sign }) => sign.test(stderr));
  if (cause !== undefined) return refusal(cause.says(shown, words), { hint: cause.hint(shown) });
  if (wasCut(stderr)) {
    return refusal(`the connection to ${shown} broke off: ${words}`, { hint: `both sides are whole; run it again: ${again}` });
  }
  return refusal(`${shown}: ${words}`, { hint: `try it without git jci: git ls-remote ${shown}` });
}
