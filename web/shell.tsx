import { Link, useLocation } from './navigation.tsx';
import { connection } from './api/events.ts';
import { KeyHelp } from './keys/key-help.tsx';
import { useKeys } from './keys/use-keys.ts';
import { Routes } from './router.tsx';
import { NotifyButton } from './parts/notify-button.tsx';
import { repository } from './state/info.ts';
import { everyRun, notifyProblem } from './state/notify.ts';
import { nextTheme, theme } from './state/theme.ts';

const places = [
  ['/', 'Commits', 'c'],
  ['/runs', 'Runs', 'r'],
  ['/search', 'Search', 's'],
  ['/tests', 'Flaky tests', 'f'],
  ['/trends', 'Trends', 't'],
  ['/compare', 'Compare', 'd'],
] as const;

/** What is around every view: the way to the others, the theme, and whether the server is still there. */
export function Shell() {
  const [path, navigate] = useLocation();
  useKeys(
    Object.fromEntries(places.map(([href, label, key]) => [`g ${key}`, { label: `Go to ${label.toLowerCase()}`, run: () => navigate(href) }])),
    'Everywhere',
  );
  return (
    <>
      <a class="skip-link" href="#main">Skip to content</a>
      <header class="top">
        <Link href="/" class="top-name">{repository.value?.name ?? 'git jci'}</Link>
        <nav aria-label="Views">
          {places.map(([href, label]) => (
            <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>{label}</Link>
          ))}
        </nav>
        <span class="top-state" role="status">{connection.value === 'lost' ? 'Connection lost, trying again' : notifyProblem.value}</span>
        <NotifyButton what={everyRun} label="Notify" title="Tell me when a run ends" quiet />
        <button type="button" class="quiet" title="Change the theme" onClick={nextTheme}>Theme: {theme.value}</button>
        <KeyHelp />
      </header>
      <main id="main" tabIndex={-1}>
        <Routes />
      </main>
    </>
  );
}
