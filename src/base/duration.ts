const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const monthMs = 30 * dayMs;

/** `340 ms`, `4.2 s`, `3 min 07 s`, `2 h 05 min`, `3 d 4 h`: short, for people. */
export function formatDuration(durationMs: number): string {
  if (durationMs < secondMs) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${(durationMs / secondMs).toFixed(1)} s`;
  const seconds = Math.round(durationMs / secondMs);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** `just now`, `4 min ago`, `3 h ago`, `2 d ago`, `5 w ago`. Times in the future read `just now`. */
export function formatAge(ageMs: number): string {
  if (ageMs < minuteMs) return 'just now';
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} min ago`;
  if (ageMs < 2 * dayMs) return `${Math.floor(ageMs / hourMs)} h ago`;
  if (ageMs < 14 * dayMs) return `${Math.floor(ageMs / dayMs)} d ago`;
  if (ageMs < 12 * 7 * dayMs) return `${Math.floor(ageMs / (7 * dayMs))} w ago`;
  return `${Math.floor(ageMs / monthMs)} months ago`;
}
