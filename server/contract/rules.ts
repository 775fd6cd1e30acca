import { z } from 'zod';
import { Activity, Outcome } from './check.ts';

/** An article of a source; `source` of {@link RuleSource} says where it stands. */
export const SourceArticle = z.object({
  id: z.string(),
  article: z.string().meta({ description: 'e.g. 第三十七条第三款' }),
  text: z.string().meta({ description: 'the provision in short' }),
  verified: z.boolean().meta({ description: 'false: 效力待核, nobody has verified that it is in force' }),
});
export type SourceArticle = z.infer<typeof SourceArticle>;

export const RuleSource = z.object({
  id: z.string(),
  title: z.string(),
  number: z.string().meta({ description: 'document number, may be empty' }),
  authority: z.string(),
  in_force_from: z.string().nullable(),
  in_force_until: z.string().nullable(),
  verified: z.boolean(),
  articles: z.array(SourceArticle),
});
export type RuleSource = z.infer<typeof RuleSource>;

export const Region = z.object({
  code: z.string().meta({ description: 'beginning of a division code' }),
  name: z.string(),
});

const Validity = {
  region: Region.nullable().meta({ description: 'null: the whole country' }),
  in_force_from: z.string().nullable(),
  in_force_until: z.string().nullable(),
  in_force: z.boolean().meta({ description: 'on the day `as_of`' }),
};

/** One cell, or several, of the matrix: activity × details × layer × class → outcome. */
export const MatrixRule = z.object({
  id: z.string(),
  activity: Activity,
  layers: z.array(z.string()),
  classes: z
    .array(z.object({ code: z.string(), name: z.string() }))
    .nullable()
    .meta({ description: 'beginnings of class codes; null: whatever the class' }),
  details: z.array(z.string()).nullable().meta({ description: 'answers it holds for; null: any' }),
  outcome: Outcome,
  text: z.string(),
  penalty: z.string().optional(),
  procedure: z.string().optional(),
  term: z.string().optional(),
  articles: z.array(z.string()).meta({ description: 'ids of articles in `sources`' }),
  office: z.string(),
  ...Validity,
});
export type MatrixRule = z.infer<typeof MatrixRule>;

export const MatrixLimit = z.object({
  id: z.string(),
  activity: Activity,
  text: z.string(),
  sizes: z.array(z.object({ title: z.string(), max_m2: z.number() })),
  articles: z.array(z.string()),
  office: z.string(),
  ...Validity,
});
export type MatrixLimit = z.infer<typeof MatrixLimit>;

/** Everything that the rule files say. What no rule speaks about is `unknown`; of several rules the strictest decides. */
export const RuleMatrix = z.object({
  as_of: z.string(),
  rules_version: z.string().meta({ description: 'SHA-256 of the rule files' }),
  activities: z.array(
    z.object({
      activity: Activity,
      title: z.string(),
      requires: z.array(z.string()).meta({ description: 'layers that must have been examined' }),
      questions: z.array(
        z.object({
          detail: z.string(),
          text: z.string(),
          options: z.array(z.object({ value: z.string(), text: z.string() })),
        }),
      ),
    }),
  ),
  layers: z.array(z.object({ layer: z.string(), title: z.string(), kind: z.string() })),
  land_classes: z.array(z.object({ code: z.string(), name: z.string() })),
  rules: z.array(MatrixRule),
  limits: z.array(MatrixLimit),
  offices: z.array(z.object({ id: z.string(), name: z.string(), phone: z.string() })),
  sources: z.array(RuleSource),
});
export type RuleMatrix = z.infer<typeof RuleMatrix>;
