import { readBodies } from '../../git/objects.ts';
import type { Repository } from '../../git/repository.ts';
import type { Offer } from './offer.ts';
import { resultOf } from './result-of.ts';

/** The names of a run's steps, in their order. */
export async function steps(repo: Repository, run: string | undefined): Promise<Offer[]> {
  const result = await resultOf(repo, run);
  if (result === undefined) return [];
  const [body] = await readBodies(repo, [`${result}:steps.json`]);
  return [...new Set(stepNames(body))].map((value) => ({ value }));
}

/** Not by the schema of results, which takes longer to load than the rest of a completion: whatever is no name is passed over. */
function stepNames(body: Buffer | undefined): string[] {
  const list = fieldOf(parseJson(body), 'steps');
  return Array.isArray(list) ? list.map((step: unknown) => fieldOf(step, 'name')).filter((name) => typeof name === 'string') : [];
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

function parseJson(body: Buffer | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
