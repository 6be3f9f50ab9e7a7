/** Bundles web/ into one page: see viewer-page.mjs. */
export function buildViewerPage(): Promise<{ module: string; gzipped: number }>;
