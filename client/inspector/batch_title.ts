const LONGEST = 200;

/** What a batch is called until somebody says otherwise: the name of its file without its ending. */
export function batchTitle(file_name: string): string {
  const name = file_name.replace(/\.(zip|gpkg|geojson|json|kmz|kml|txt|csv|xlsx|shp)$/i, '').trim();
  return (name === '' ? file_name : name).slice(0, LONGEST);
}
