import * as v from 'valibot';
import { runItem } from './run-item.ts';

/** The header that state-changing requests need; its value is in the page. */
export const tokenHeader = 'X-JCI-Token';

/** `POST /api/rerun/<run id>` answers once the new run is under way, `POST /api/cancel/<run id>` once it was asked to end. */
export const actionDone = v.object({
  /** The new run, or the one that was cancelled. */
  run: runItem,
});
