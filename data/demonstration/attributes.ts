import type { LandFeature } from '../../server/layers/land_source.ts';
import { CLASS_NAMES, isBuiltUp, isCropland } from './classes.ts';
import { hash } from './noise.ts';
import { coordinates } from './trace.ts';
import type { Parcel, VillageLand } from './village.ts';

/** 坡度级别 1 … 5 of a slope in degrees: ≤2, 2–6, 6–15, 15–25, >25. */
export function slopeGrade(degrees: number): 1 | 2 | 3 | 4 | 5 {
  return degrees <= 2 ? 1 : degrees <= 6 ? 2 : degrees <= 15 ? 3 : degrees <= 25 ? 4 : 5;
}

/** 田坎系数 of cropland by slope grade; terraces have more of them than slopes. Flat land is measured, not deducted. */
function balkShare(grade: number, terraced: boolean): number | null {
  if (grade === 1) return null;
  return terraced ? [0.06, 0.09, 0.12, 0.12][grade - 2]! : [0.05, 0.07, 0.1, 0.1][grade - 2]!;
}

const STATE_OWNED = ['1003', '1101'];

/** A parcel as a 地类图斑 with the field names of TD/T 1057 (domain.md §1.1). `number` counts from 1 in the village. */
export function landUseFeature(land: VillageLand, parcel: Parcel, number: number): LandFeature {
  const { landClass } = parcel;
  const crops = isCropland(landClass);
  const grade = slopeGrade(parcel.slope);
  const terraced = hash(Number(land.code.slice(6)), number) % 4 !== 0;
  const kcxs = crops ? balkShare(grade, terraced) : null;
  const stateOwned = STATE_OWNED.includes(landClass);
  return {
    class_code: landClass,
    class_name: CLASS_NAMES[landClass]!,
    village_code: land.code,
    kcxs,
    attributes: {
      YSDM: '2001010100',
      TBBH: String(number).padStart(4, '0'),
      DLBM: landClass,
      DLMC: CLASS_NAMES[landClass]!,
      QSXZ: stateOwned ? '20' : '30',
      QSDWDM: `${land.code}0000000`,
      QSDWMC: land.name,
      ZLDWDM: `${land.code}0000000`,
      ZLDWMC: land.name,
      KCDLBM: kcxs === null ? null : '1203',
      KCXS: kcxs,
      GDLX: kcxs === null ? null : terraced ? 'TT' : 'PD',
      GDPDJB: crops ? String(grade) : null,
      ZZSXDM: crops ? 'LS' : null,
      CZCSXM: isBuiltUp(landClass) ? '203' : null,
      SJNF: 2025,
    },
    geometry: { type: 'Polygon', coordinates: coordinates(parcel.outline) },
  };
}
