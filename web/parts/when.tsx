import { formatAge } from '../../src/base/duration.ts';
import { now } from '../state/clock.ts';

/** How long ago something was; when exactly is in its title. */
export function When({ time }: { time: string }) {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return null;
  return <time dateTime={time} title={new Date(at).toLocaleString()}>{formatAge(now.value - at)}</time>;
}
