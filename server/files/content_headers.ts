/** RFC 6266 with RFC 8187: the name in UTF-8, and in ASCII for whoever cannot read that. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** What goes with bytes that came from outside: saved, not shown; and where something shows them, in an empty sandbox. */
export function contentHeaders(mediaType: string, bytes: number): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Length': String(bytes),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store, no-transform',
  };
}
