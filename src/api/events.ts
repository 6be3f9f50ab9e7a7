import * as v from 'valibot';
import { objectId } from './parts.ts';
import { runItem } from './run-item.ts';

/*
 * `GET /api/events`: server-sent events, each with an id. The first is `state`, unless `Last-Event-ID` names an event
 * after which all others are still known: then those follow.
 */

const head = v.object({ branch: v.nullable(v.string()), commit: v.nullable(objectId) });

/** `state`: all that the other events tell changes of. */
export const stateEvent = v.object({
  head,
  /** Changes with any change of refs. */
  refs: v.string(),
  live: v.array(runItem),
});
export type StateEvent = v.InferOutput<typeof stateEvent>;

/** `change`: what is another than before; only these keys are there. */
export const changeEvent = v.object({
  head: v.exactOptional(head),
  refs: v.exactOptional(v.string()),
  /** All runs under way, if one began, ended, or went into another phase. */
  live: v.exactOptional(v.array(runItem)),
  /** Runs that were stored since: at most 100, else the page has to ask anew. */
  stored: v.exactOptional(v.array(runItem)),
});
export type ChangeEvent = v.InferOutput<typeof changeEvent>;
