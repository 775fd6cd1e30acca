import { z } from 'zod';
import { Place } from './place.ts';

/** RFC 9457 problem details. */
export const ProblemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  where: Place.optional(),
  request_id: z.string().optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;
