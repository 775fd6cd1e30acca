import type { z } from 'zod';
import type { Activity, Details, LayerStatus, Outcome, SizeRemark } from '../contract/index.ts';
import type { Text } from '../messages/index.ts';
import type {
  ActivityFile,
  LandClassesFile,
  LayersFile,
  NotExaminedFile,
  OfficesFile,
  PoliciesFile,
  RegionsFile,
  SourcesFile,
  ZoneClassesFile,
} from './schema.ts';

export type Source = z.infer<typeof SourcesFile>['sources'][number];
export type OfficeRecord = z.infer<typeof OfficesFile>['offices'][number];
export type LayerRegistration = z.infer<typeof LayersFile>['layers'][number];
export type LandClass = z.infer<typeof LandClassesFile>['classes'][number];
export type LandClassScheme = z.infer<typeof LandClassesFile>;
export type ActivityRules = z.infer<typeof ActivityFile>;
export type Rule = ActivityRules['rules'][number];
export type Limit = ActivityRules['limits'][number];
export type Region = z.infer<typeof RegionsFile>['regions'][number];
export type Policy = z.infer<typeof PoliciesFile>['policies'][number];

/** The contract's Article before a language is chosen. */
export interface ArticleText {
  id: string;
  source: Text;
  number: string;
  article: Text;
  text: Text;
  in_force_from: string | null;
  in_force_until: string | null;
  verified: boolean;
}

/** All rule files, checked against each other. `version` is their SHA-256. */
export interface RuleBook {
  version: string;
  sources: readonly Source[];
  articles: ReadonlyMap<string, ArticleText>;
  offices: ReadonlyMap<string, OfficeRecord>;
  layers: ReadonlyMap<string, LayerRegistration>;
  regions: ReadonlyMap<string, Region>;
  landClasses: LandClassScheme;
  zoneClasses: z.infer<typeof ZoneClassesFile>['zone_classes'];
  activities: ReadonlyMap<Activity, ActivityRules>;
  policies: readonly Policy[];
  notExamined: z.infer<typeof NotExaminedFile>['not_examined'];
}

/** The contract's AppliedRule before a language is chosen. */
export interface AppliedRuleText {
  id: string;
  outcome: Outcome;
  text: Text;
  penalty?: Text;
  procedure?: Text;
  term?: Text;
  articles: ArticleText[];
  office: OfficeText;
}

export interface OfficeText {
  id: string;
  name: Text;
  phone: string;
  phone_verified: boolean;
}

/** The contract's SizeRemark before a language is chosen. */
export interface SizeRemarkText {
  id: string;
  text: Text;
  finding: Text;
  exceeds: SizeRemark['exceeds'];
  sizes: { title: Text; max_m2: number; applies: boolean }[];
  articles: ArticleText[];
  office: OfficeText;
}

export interface QuestionText {
  detail: string;
  text: Text;
  options: { value: string; text: Text }[];
}

/** What the overlay found on one layer. Areas in m² (EPSG:6933). */
export interface LayerFinding {
  layer: string;
  status: LayerStatus;
  /** what lies inside; only looked at where the status is `affected` or `no_data` */
  hits: { code: string; area_m2: number }[];
  /** part of the shape without data of this layer, 0 when it is covered whole; a required layer must leave none */
  uncovered_m2: number;
}

export interface JudgeInput {
  activity: Activity;
  details: Details;
  /** YYYY-MM-DD: the rules in force on this day apply */
  on: string;
  layers: LayerFinding[];
  /** a point without a known accuracy: never better than `unknown` */
  positionUncertain: boolean;
  /** division code of the place, 6 digits or more; missing: rules of a region count as at least `unknown` */
  region?: string | undefined;
  /** official area of what was drawn, m²; missing: nothing was measured, so sizes are told but not compared */
  area_m2?: number | undefined;
}

export interface Judgement {
  outcome: Outcome;
  deciding: { layer: string; rule: string | null } | null;
  headline: Text;
  questions: QuestionText[];
  not_examined: Text[];
  /** the rules that applied, per layer of the input, strongest first */
  layers: Map<string, AppliedRuleText[]>;
  /** sizes that the place allows, beside the area; they never change the outcome */
  remarks: SizeRemarkText[];
}
