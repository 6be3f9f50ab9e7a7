import { millis, timed, type Place } from './timed.ts';

/**
 * Starting Node, which every command of the npm package does.
 *
 * In the environment of the tests, so without NODE_EXTRA_CA_CERTS: reading a bundle of certificates takes longer than Node.
 */
export const bareNode = (place: Place): Promise<number> => millis(place, [process.execPath, '-e', '0']);

/** A script that does nothing and the least git that stores a result: four processes, one after the other. */
export async function bashAndPlumbing(place: Place, round: number): Promise<number> {
  const bash = await millis(place, ['bash', '-c', 'true']);
  const blob = await timed(place, ['git', 'hash-object', '-w', '--stdin'], { input: `floor ${round} ${performance.now()}\n`, capture: true });
  const tree = await timed(place, ['git', 'mktree'], { input: `100644 blob ${blob.stdout.trim()}\tstatus.txt\n`, capture: true });
  const commit = await timed(place, ['git', 'commit-tree', tree.stdout.trim(), '-m', 'floor'], { capture: true });
  const ref = await millis(place, ['git', 'update-ref', `refs/floor/${commit.stdout.trim()}`, commit.stdout.trim(), '']);
  return bash + blob.ms + tree.ms + commit.ms + ref;
}
