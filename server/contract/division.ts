import { z } from 'zod';

/** A division of any level: province 1, city 2, county 3, township 4, village 5. */
export const DivisionSummary = z.object({
  code: z.string().meta({ description: '2, 4, 6, 9 or 12 digits, GB/T 2260 + GB/T 10114' }),
  name: z.string(),
  level: z.number().int(),
  pinyin: z.string().meta({ description: 'of the name, without tones' }),
  path: z.array(z.string()).meta({ description: 'names from city to the parent' }),
  path_pinyin: z.array(z.string()).meta({ description: 'the same in pinyin' }),
});
export type DivisionSummary = z.infer<typeof DivisionSummary>;

export const DivisionList = z.object({
  divisions: z.array(DivisionSummary),
  number_matched: z.number().int(),
});
export type DivisionList = z.infer<typeof DivisionList>;
