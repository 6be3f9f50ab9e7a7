import { join } from 'node:path';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { inRepo, type Benchmark } from './benchmark.ts';
import { interleave } from './rounds.ts';
import { makeRow } from './row.ts';
import { millis } from './timed.ts';

const count = 200;

/** Sending runs to a bare repository beside this one, which has the source commits and no run. */
export const push: Benchmark = {
  names: ['push'],
  measure: ({ quick, jci }) =>
    inRepo('true\n', async (repo, place) => {
      await makeFakeRuns(repo, { count });
      const freshRemote = async (name: string): Promise<string> => {
        const path = join(repo.root, name);
        await repo.git('init', '--quiet', '--bare', path);
        await repo.git('push', '--quiet', path, 'main');
        return path;
      };
      const { floor, pushed } = await interleave(quick ? 5 : 15, {
        floor: async (round) => millis(place, ['git', 'push', '--quiet', await freshRemote(`plain-${round}`), 'refs/jci-runs/*:refs/jci-runs/*']),
        pushed: async (round) => millis(place, [...jci, 'push', await freshRemote(`jci-${round}`)]),
      });
      return [
        makeRow({
          name: 'push',
          what: `git jci push of ${count} new runs to a bare repository on the same disk`,
          measured: pushed,
          floor,
          floorIs: 'git push of the same refs',
          bar: { text: '1.3x', factor: 1.3 },
        }),
      ];
    }),
};
