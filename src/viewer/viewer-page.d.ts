/** The page that the build makes of web/. */
declare module '#viewer-page' {
  /** With `__JCI_TOKEN__` where the token for POST belongs, and `__JCI_ANSWERS__` where JSON does: answers by URL. */
  export const html: string;
  /** `sha256-<base64>` of the inline script, for a Content-Security-Policy. */
  export const scriptHash: string;
  /** `sha256-<base64>` of the inline style. */
  export const styleHash: string;
}
