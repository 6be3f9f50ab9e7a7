import type { TargetedPointerEvent } from 'preact';
import { formatAge } from '../../src/base/duration.ts';
import { now } from '../state/clock.ts';

/** How long ago something was; when exactly is in its title, once somebody points at it: to put a hundred dates into words takes a while. */
export function When({ time }: { time: string }) {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return null;
  return <time dateTime={time} onPointerEnter={sayWhen}>{formatAge(now.value - at)}</time>;
}

function sayWhen({ currentTarget: element }: TargetedPointerEvent<HTMLTimeElement>): void {
  element.title = new Date(element.dateTime).toLocaleString();
}
