import { z } from 'zod';
import { DivisionCode } from './account.ts';
import { Activity, Outcome } from './check.ts';

const Days = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.number().int().min(1).max(366));

/** One's own area, or a smaller one within it. */
export const IndicatorFilter = z.object({
  days: Days.optional().meta({ description: 'how many days back, today included; 30 by default' }),
  division: DivisionCode.optional(),
});
export type IndicatorFilter = z.infer<typeof IndicatorFilter>;

const Count = z.object({ checks: z.number().int() });

/** Numbers of checks; no plot, no place smaller than a township. */
export const Indicators = z.object({
  from: z.string().meta({ description: 'first day, YYYY-MM-DD' }),
  until: z.string(),
  total: z.number().int(),
  by_outcome: z.array(Count.extend({ outcome: Outcome })),
  by_activity: z.array(Count.extend({ activity: Activity, outcome: Outcome })),
  by_township: z.array(Count.extend({ code: z.string(), name: z.string(), outcome: Outcome })),
  by_day: z.array(Count.extend({ day: z.string(), outcome: Outcome })),
});
export type Indicators = z.infer<typeof Indicators>;

export const CheckFilter = z.object({
  outcome: Outcome.optional(),
  activity: Activity.optional(),
  division: DivisionCode.optional().meta({ description: 'a county, township or village' }),
  from: z.iso.date().optional(),
  until: z.iso.date().optional().meta({ description: 'the last day, included' }),
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-z]{8}$/)
    .refine((text) => !Number.isNaN(Date.parse(text.slice(0, -9))))
    .optional()
    .meta({ description: '`next` of the page before' }),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().int().min(1).max(200))
    .optional(),
});
export type CheckFilter = z.infer<typeof CheckFilter>;

/** A check as staff see it in a list: where and what, not who asked (nobody knows), not the shape. */
export const CheckSummary = z.object({
  reference: z.string().meta({ description: 'the first digits of its id: to talk about it, not to open it' }),
  created_at: z.string(),
  expires_at: z.string(),
  activity: Activity,
  outcome: Outcome,
  area_m2: z.number(),
  village: z
    .object({ code: z.string(), name: z.string(), path: z.array(z.string()) })
    .nullable()
    .meta({ description: 'null: in no known village' }),
});
export type CheckSummary = z.infer<typeof CheckSummary>;

export const CheckList = z.object({
  checks: z.array(CheckSummary),
  next: z.string().nullable().meta({ description: '`before` of the next page; null: this was the last' }),
});
export type CheckList = z.infer<typeof CheckList>;
