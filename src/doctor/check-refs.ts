import { listRefs, packRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { parseRunRef, runRefPrefix } from '../model/run-ref.ts';
import { countLooseCommits } from '../store/pack-run-refs.ts';
import { fine, type Finding } from './finding.ts';

/** A listing over more loose refs than this is noticeably slower than over packed ones. */
const looseAdvice = 200;

/** The run refs: how many, how they are stored, and whether all are ours. */
export async function checkRefs(repo: Repository): Promise<Finding[]> {
  const refs = await listRefs(repo, [runRefPrefix]);
  const foreign = refs.filter(({ ref }) => parseRunRef(ref) === undefined);
  return [checkLoose(repo, refs.length), checkForeign(foreign.map(({ ref }) => ref))];
}

function checkLoose(repo: Repository, total: number): Finding {
  const loose = countLooseCommits(repo.commonDir);
  if (loose <= looseAdvice) return fine('run refs', `${total}`);
  return {
    check: 'run refs',
    state: 'advice',
    message: `${total}, of which those of ${loose} commits are loose files`,
    fix: async () => {
      await packRefs(repo);
      return 'packed';
    },
  };
}

function checkForeign(refs: readonly string[]): Finding {
  if (refs.length === 0) return fine('namespace', `${runRefPrefix} holds runs only`);
  return {
    check: 'namespace',
    state: 'advice',
    message: `${refs.length} refs under ${runRefPrefix} are no runs: ${refs.slice(0, 3).join(', ')}`,
    hint: `remove one with: git update-ref -d <ref>`,
  };
}
