import { useEffect, useRef } from 'preact/hooks';

/**
 * What the script says about its run.
 *
 * The only HTML that is not made here: it comes from our server, which renders the Markdown with HTML in it as text, and has no links but to the web, to
 * mailboxes and to artefacts. The page's policy would run no script and load no picture of it anyway.
 * @param base where the artefacts are.
 */
export function Summary({ html, base }: { html: string | null; base: string }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const link of element.current?.querySelectorAll('a') ?? []) {
      const href = link.getAttribute('href') ?? '';
      if (!href.includes(':')) link.href = `${base}/${href}`;
      link.rel = 'noopener noreferrer';
      link.target = '_blank';
    }
  }, [html]);
  if (html === null) return null;
  // Columns of tables are aligned by style attributes, which the page's policy refuses. No text has such quotes: they are entities there.
  const allowed = html.replace(/ style="text-align:(left|center|right)"/g, ' class="$1"');
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">Summary</h2>
      <div ref={element} class="markdown" dangerouslySetInnerHTML={{ __html: allowed }} />
    </section>
  );
}
