import { Page } from '../../parts/page.tsx';

/** Two runs beside each other: `?a=&b=`. */
export function CompareView() {
  return <Page title="Compare runs" />;
}
