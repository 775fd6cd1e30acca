import { z } from 'zod';
import { Activity, AsOf, DETAILS_FIT, Details, detailsFit } from './check.ts';
import { Datum, ShapeGeometry } from './geometry.ts';

export const PROPOSAL_FORMATS = ['xlsx', 'csv', 'geojson'] as const;
export type ProposalFormat = (typeof PROPOSAL_FORMATS)[number];
/** A proposal of a township's year; more is a batch. */
export const MAX_PROPOSAL_PARCELS = 200;

/** A proposal of several parcels, to be computed anew and handed out as a file. */
export const ProposalExportRequest = z
  .strictObject({
    title: z.string().max(200).default(''),
    parcels: z
      .array(
        z.strictObject({
          name: z.string().max(200).default(''),
          geometry: ShapeGeometry,
          crs: z.string().max(32).optional(),
          datum: Datum.optional(),
        }),
      )
      .min(1)
      .max(MAX_PROPOSAL_PARCELS),
    as_of: AsOf.optional(),
    accuracy_m: z.number().positive().max(1000).optional(),
    activity: Activity.optional(),
    details: Details.optional(),
    format: z.enum(PROPOSAL_FORMATS),
  })
  .refine(detailsFit, DETAILS_FIT);
export type ProposalExportRequest = z.infer<typeof ProposalExportRequest>;
