import type { Position } from 'geojson';
import { ringArea, toEqualArea } from '../../../server/geometry/equal_area.ts';
import { fromLocalZone, toLocalZone } from '../../../server/geometry/projection.ts';
import type { LandFeature } from '../../../server/layers/land_source.ts';
import { DEMONSTRATION_VILLAGE, demonstrationCounties } from '../index.ts';

const MERIDIAN = 114;
const ZONE = 38;
const FRONT = 13;
const DEPTH = 10;
/** so much of the depth reaches over the border of the protected farmland */
const OVER = 4.8;

/** easting and northing in metres, false easting 500 km */
type Metres = [number, number];

function featuresOfVillage(layer: string): LandFeature[] {
  const [county] = demonstrationCounties({ counties: [DEMONSTRATION_VILLAGE.slice(0, 6)] });
  const version = county!.versions.find((v) => v.layer === layer)!;
  return [...version.features()].filter((f) => f.village_code === DEMONSTRATION_VILLAGE);
}

function rings(feature: LandFeature): Position[][] {
  return feature.geometry.type === 'Polygon'
    ? feature.geometry.coordinates
    : feature.geometry.coordinates.flat();
}

function edges(feature: LandFeature): [Position, Position][] {
  return rings(feature).flatMap((ring) => ring.slice(1).map((p, i): [Position, Position] => [ring[i]!, p]));
}

function metres(p: Position): Metres {
  return toLocalZone(p[0]!, p[1]!, MERIDIAN);
}

function length([a, b]: [Metres, Metres]): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

function longest(found: [Metres, Metres][]): [Metres, Metres] {
  return found.reduce((best, edge) => (length(edge) > length(best) ? edge : best));
}

/** The longest straight border between village land and protected farmland; the farmland lies to its left. */
function border(villageLand: LandFeature[], farmland: LandFeature[]): [Metres, Metres] {
  const beside = new Set(villageLand.flatMap(edges).map(([a, b]) => `${b} ${a}`));
  const shared = farmland.flatMap(edges).filter(([a, b]) => beside.has(`${a} ${b}`));
  return longest(shared.map(([a, b]) => [metres(a), metres(b)]));
}

/** A plot along the line a → b, `over` metres of its depth to the left of it; clockwise. */
function plot([a, b]: [Metres, Metres], over: number): Metres[] {
  const [ux, uy] = [(b[0] - a[0]) / length([a, b]), (b[1] - a[1]) / length([a, b])];
  const [mx, my] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const corner = (along: number, left: number): Metres => [
    mx + along * ux - left * uy,
    my + along * uy + left * ux,
  ];
  return [
    corner(-FRONT / 2, over),
    corner(FRONT / 2, over),
    corner(FRONT / 2, over - DEPTH),
    corner(-FRONT / 2, over - DEPTH),
  ];
}

function hectares(corners: Metres[]): string {
  const ring = corners.map(([e, n]) => toEqualArea(...fromLocalZone(e, n, MERIDIAN)));
  return (Math.abs(ringArea(ring)) / 10000).toFixed(4);
}

function record(number: number, name: string, corners: Metres[]): string[] {
  const points = [...corners, corners[0]!].map(
    ([e, n], i) => `J${(i % corners.length) + 1},1,${n.toFixed(3)},${(ZONE * 1e6 + e).toFixed(3)}`,
  );
  return [`${points.length},${hectares(corners)},${number},${name},面,,农村宅基地,0702,@`, ...points];
}

/** The file's text (domain.md §3): X is the northing, Y the easting with its zone number; CRLF. */
export function boundaryPointFile(): string {
  const parcels = featuresOfVillage('land_use');
  const lanes = parcels.filter((f) => f.class_code === '1004' || f.class_code === '1006');
  const acrossTheBorder = plot(border(lanes, featuresOfVillage('permanent_basic_farmland')), OVER);
  const front = longest(
    parcels
      .filter((f) => f.class_code === '0702')
      .flatMap(edges)
      .map(([a, b]) => [metres(a), metres(b)]),
  );
  const amongTheHouses = plot(front, DEPTH + 2);
  const lines = [
    '[属性描述]',
    '格式版本号=1.01版本',
    '数据产生单位=示意数据（非真实成果）',
    '数据产生日期=2026-11-22',
    '坐标系=2000国家大地坐标系',
    '几度分带=3',
    '投影类型=高斯克吕格',
    '计量单位=米',
    `带号=${ZONE}`,
    '精度=0.001',
    '转换参数=,,,,,,',
    '[地块坐标]',
    ...record(1, '压线的宅基地', acrossTheBorder),
    ...record(2, '村内的宅基地', amongTheHouses),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
