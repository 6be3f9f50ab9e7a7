import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildViewerPage } from '../../.ci/lib/viewer-page.mjs';

const mostBytes = 60 * 1024;

interface ViewerPage {
  html: string;
  scriptHash: string;
  styleHash: string;
}

let page: ViewerPage;

beforeAll(async () => {
  const { module } = await buildViewerPage();
  page = JSON.parse(module.replace(/^module\.exports = /, '').replace(/;\n$/, '')) as ViewerPage;
});

const inline = (name: 'script' | 'style'): string => new RegExp(`<${name}>([^]*?)</${name}>`).exec(page.html)?.[1] ?? '';
const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

describe("the viewer's page", () => {
  test('has a script and a style of at most 60 KiB, compressed', () => {
    expect(inline('script').length).toBeGreaterThan(1000);
    expect(inline('style').length).toBeGreaterThan(1000);
    expect(gzipSync(inline('script') + inline('style')).length).toBeLessThanOrEqual(mostBytes);
  });

  test('names the hashes of exactly what is inline', () => {
    expect([page.scriptHash, page.styleHash]).toEqual([hashOf(inline('script')), hashOf(inline('style'))]);
  });

  test('loads nothing from anywhere', () => {
    const tags = page.html.replace(/<script>[^]*<\/script>/, '').replace(/<style>[^]*?<\/style>/, '');
    expect(tags.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
    expect(inline('style')).not.toMatch(/@import|url\((?!["']?data:)/);
    expect(inline('script')).not.toMatch(/\bimport\(|importScripts|\b(?:src|href):\s*["'`]https?:/);
  });

  test('has one place for the token', () => {
    expect(page.html.split('__JCI_TOKEN__')).toHaveLength(2);
  });
});
