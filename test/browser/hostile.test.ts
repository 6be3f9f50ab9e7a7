import { describe, expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { useViewer } from '../helpers/viewer-server.ts';

const imageName = '<img src=x onerror=alert(1)>';

/** Tries everything, and writes into its own page what came of each. */
const evilPage = `<!doctype html><title>evil</title><body><script>
const results = {};
const attempt = async (name, what) => {
  try { results[name] = 'worked: ' + String(await what()); } catch { results[name] = 'refused'; }
};
(async () => {
  await attempt('cookie', () => document.cookie);
  await attempt('localStorage', () => localStorage.length);
  await attempt('fetch', async () => (await fetch('/api/info')).text());
  await attempt('fetch without cors', async () => (await fetch('/api/info', { mode: 'no-cors' })).type);
  if (top !== self) await attempt('parent', () => parent.document.title);
  if (top !== self) await attempt('top', () => { top.location.href = 'about:blank'; return top.location.href; });
  await attempt('window', () => window.open('/').document.title);
  document.body.append(Object.assign(document.createElement('pre'), { id: 'results', textContent: JSON.stringify(results) }));
})();
</script></body>`;

const script = `
echo 'shown' > '${imageName}'
cat > evil.html <<'PAGE'
${evilPage}
PAGE
printf '\\033]8;;javascript:alert(1)\\033\\\\click me\\033]8;;\\033\\\\\\n'
printf 'user \\342\\200\\256nimda\\342\\200\\254 end\\n'
printf '<b onclick=alert(1)>bold</b> <script>alert(1)</script>\\n'
head -c 10000000 /dev/zero | tr '\\0' x
echo
printf '::error title=<img src=x onerror=alert(1)>::<svg onload=alert(1)>\\n'
printf '# <img src=x onerror=alert(1)>\\n[click](javascript:alert(1))\\n' > summary.md
echo last line
`;

const browser = useBrowser();

const viewer = useViewer(
  async (repo) => {
    await repo.jci('run', '-q');
    const [ref = ''] = await repo.refs();
    return { path: `/jci/${ref.slice('refs/jci-runs/'.length)}` };
  },
  { script },
);

const run = () => `${viewer.url}${viewer.made.path}`;

/** What a page says of something that it is kept from. */
const refusals = /Content Security Policy|^CSP |sandbox|SecurityError|Unsafe attempt|Failed to load resource|Blocked opening|CORS/i;

describe('an HTML artefact with a script', () => {
  test.each([['in the page of the artefact', ''], ['by itself', '/raw']])('reaches nothing of ours %s', (_, end) =>
    browser.withPage(
      async (page) => {
        const address = `${run()}/evil.html${end}`;
        await page.goto(viewer.url);
        await page.evaluate(() => {
          document.cookie = 'secret=1';
          localStorage.setItem('secret', '1');
        });
        await page.goto(address);
        const within = end === '' ? page.frameLocator('iframe') : page.mainFrame();
        const results = JSON.parse(await within.locator('#results').innerText()) as Record<string, string>;
        const refused = ['cookie', 'localStorage', 'fetch', 'fetch without cors', ...(end === '' ? ['parent', 'top'] : []), 'window'];
        expect(results).toEqual(Object.fromEntries(refused.map((name) => [name, 'refused'])));
        expect(page.url()).toBe(address);
      },
      { expected: refusals },
    ));
});

describe('what others wrote', () => {
  test('is text: the name of an artefact, an annotation, a summary', () =>
    browser.withPage(async (page) => {
      const alerts: string[] = [];
      page.on('dialog', (dialog) => {
        alerts.push(dialog.message());
        void dialog.dismiss();
      });
      await page.goto(run());
      await page.getByText('<svg onload=alert(1)>').first().waitFor();
      const name = page.getByRole('link', { name: imageName });
      await name.waitFor();
      expect(await page.locator('main img, main svg[onload], main [onerror]').count()).toBe(0);
      expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0);
      await name.click();
      await page.getByText('shown', { exact: true }).waitFor();
      expect(alerts).toEqual([]);
    }));

  test('does no harm in a log', () =>
    browser.withPage(async (page) => {
      await page.goto(`${run()}/run.output.txt`);
      const rows = page.getByRole('list', { name: 'Lines' });
      await rows.getByText('click me').waitFor();
      expect(await rows.locator('a[href^="javascript:" i]').count()).toBe(0);
      await rows.getByText('<b onclick=alert(1)>bold</b> <script>alert(1)</script>').waitFor();
      expect(await rows.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      await rows.getByText(/more characters/).waitFor();
      expect((await rows.innerText()).length).toBeLessThan(100_000);
      await page.keyboard.press('End');
      await rows.getByText('last line').waitFor();
    }));
});
