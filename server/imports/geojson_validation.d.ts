declare module 'geojson-validation' {
  export function valid(value: unknown, trace?: false): boolean;
}
