/** Metres that a bar of at most `widest` px may stand for: 1, 2 or 5 times a power of ten. */
export function scaleBar(metresPerPixel: number, widest: number): { metres: number; pixels: number } | null {
  const most = metresPerPixel * widest;
  if (!Number.isFinite(most) || most <= 0) return null;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((candidate) => candidate <= most) ?? power;
  return { metres, pixels: metres / metresPerPixel };
}

/** Ground metres per CSS pixel of Web Mercator with 512 px tiles, at a latitude in degrees. */
export function metresPerPixel(latitude: number, zoom: number): number {
  return (40075016.686 * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom);
}

/** The zoom at which a CSS pixel is so many metres, at a latitude in degrees: the inverse of {@link metresPerPixel}. */
export function zoomOf(latitude: number, metres: number): number {
  return Math.log2(metresPerPixel(latitude, 0) / metres);
}
