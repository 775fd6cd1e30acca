import type { Knex } from 'knex';
import { type JudgedOverlay, type OverlayContext, overlayOf } from '../checks/index.ts';
import type { OverlayAnswer, ProposalExportRequest } from '../contract/index.ts';
import { readShape, type Shape, shapeEwkb } from '../geometry/index.ts';
import { type Language, localise, messageText } from '../messages/index.ts';
import { type CommonLand, commonLand } from '../overlay/index.ts';
import { Problem } from '../problems.ts';

export interface Parcel {
  name: string;
  shape: Shape;
  answer: OverlayAnswer;
}

/** A proposal that has been computed, in one language. */
export interface Proposal {
  title: string;
  /** YYYY-MM-DD */
  as_of: string;
  accuracy_m: number | null;
  parcels: Parcel[];
  /** pairs that share land, which is then counted twice */
  common: CommonLand[];
}

type Given = ProposalExportRequest['parcels'][number];

/**
 * Every parcel overlaid as `POST /api/overlays` does it, one after the other, after all have been read: a fault names
 * its parcel. Throws the problems of `readShape`; ends early where the caller has gone.
 */
export async function runProposal(
  request: ProposalExportRequest,
  context: OverlayContext & { db: Knex.Transaction; language: Language; signal: AbortSignal },
): Promise<Proposal> {
  const { language, signal, db, overlay } = context;
  const { parcels, activity, details, accuracy_m } = request;
  const as_of = request.as_of ?? context.today;
  const named = parcels.map((parcel, i) => ({ parcel, name: nameOf(parcel, i, language) }));
  const shapes = named.map(({ parcel, name }, i) => readParcel(parcel, name, i, accuracy_m));
  const computed: Parcel[] = [];
  for (const [i, { name }] of named.entries()) {
    signal.throwIfAborted();
    const asked = { as_of, cross: 'affected' as const, activity, details, accuracy_m };
    const answer: JudgedOverlay = await overlayOf(shapes[i]!, asked, context);
    computed.push({ name, shape: shapes[i]!, answer: localise(answer, language) as OverlayAnswer });
  }
  return {
    title: clean(request.title),
    as_of,
    accuracy_m: accuracy_m ?? null,
    parcels: computed,
    common: await commonLand(db, shapes.map(shapeEwkb), overlay.gridSize),
  };
}

function readParcel(parcel: Given, feature: string, i: number, accuracy_m: number | undefined): Shape {
  const { geometry, crs, datum } = parcel;
  try {
    return readShape(geometry, { crs, datum, accuracy_m, path: `parcels.${i}.geometry` });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, params, where } = error;
    throw new Problem(code, { params, where: { ...where, feature } });
  }
}

const nameOf = ({ name }: Given, i: number, language: Language): string =>
  clean(name) || messageText('proposals.unnamed', { n: i + 1 })[language];

/** Without what no file can hold: control characters, and halves of characters. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ').trim();
}
