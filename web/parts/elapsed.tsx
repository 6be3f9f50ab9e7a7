import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from '../../src/base/duration.ts';

/** The time that something has been under way, second by second. @param since in ms since 1970. */
export function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span class="number" role="timer">{formatDuration(Math.floor(Math.max(0, now - since) / 1000) * 1000).replace('.0 s', ' s').replace('0 ms', '0 s')}</span>;
}
