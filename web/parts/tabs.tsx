import { Link } from '../navigation.tsx';

/** Views of one thing, each with a URL of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly { href: string; label: string; current: boolean }[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>{tab.label}</Link>
      ))}
    </nav>
  );
}
