/** Keys of the layers that the project ships; the registry in the database is open. */
export const LAYER_KEYS = [
  'land_use',
  'permanent_basic_farmland',
  'ecological_red_line',
  'urban_growth_boundary',
  'grain_production_zone',
  'important_product_zone',
  'basic_tobacco_field',
  'fallow_programme',
  'steep_slope',
  'nature_reserve',
  'geohazard',
  'village_plan',
  'approved_land',
  'facility_filing',
  'temporary_land',
] as const;
export type LayerKey = (typeof LAYER_KEYS)[number];
