import type { Layer, LayerVersion } from '../../server/layers/index.ts';
import type { MeasuredPart } from '../../server/overlay/queries.ts';

/** A layer of the registry as tests of pure functions need it. */
export function layer(key: string, extra: Partial<Layer> = {}): Layer {
  return {
    key,
    title: { zh: key, en: key },
    kind: key === 'land_use' ? 'land_use' : 'zone',
    legal_basis: [],
    office: '',
    threshold_m2: 1,
    near_miss_m: 5,
    audience: 'exact',
    colour: '#000000',
    position: 0,
    ...extra,
  };
}

export function layerVersion(layerKey: string, id: string, extra: Partial<LayerVersion> = {}): LayerVersion {
  return {
    county_code: '410821',
    id,
    layer: layerKey,
    label: id,
    source: 'test',
    in_force_from: '2024-12-31',
    in_force_until: null,
    declared_empty: false,
    demonstration: false,
    checksum: '',
    ...extra,
  };
}

/** `code` null: outside every feature. */
export function part(
  version_id: string,
  code: string | null,
  area_m2: number,
  extra: Partial<MeasuredPart> = {},
) {
  return {
    version_id,
    class_code: code,
    class_name: code,
    village_code: null,
    area_m2,
    net_area_m2: area_m2,
    ...extra,
  } satisfies MeasuredPart;
}
