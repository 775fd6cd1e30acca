import type { Knex } from 'knex';
import { type JudgedOverlay, type OverlayContext, overlayOf } from '../checks/index.ts';
import type { OverlayAnswer, ProposalExportRequest } from '../contract/index.ts';
import { readShape, type Shape, shapeEwkb } from '../geometry/index.ts';
import { type Language, localise, messageText } from '../messages/index.ts';
import { type CommonLand, commonLand } from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import { dayAsked } from '../today.ts';

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

/** A parcel whose shape has been read. */
export type ReadParcel = Pick<Parcel, 'name' | 'shape'>;

/** The shapes of all parcels; no connection is needed for it. Throws the problems of `readShape`, naming the parcel. */
export function readParcels(
  { parcels, accuracy_m }: ProposalExportRequest,
  language: Language,
): ReadParcel[] {
  return parcels.map((parcel, i) => {
    const name = nameOf(parcel, i, language);
    return { name, shape: readParcel(parcel, name, i, accuracy_m) };
  });
}

/** Every parcel overlaid as `POST /api/overlays` does it, one after the other; ends early where the caller has gone. */
export async function runProposal(
  parcels: readonly ReadParcel[],
  request: ProposalExportRequest,
  context: OverlayContext & { db: Knex.Transaction; language: Language; signal: AbortSignal },
): Promise<Proposal> {
  const { language, signal, db, overlay } = context;
  const { activity, details, accuracy_m } = request;
  const as_of = dayAsked(request.as_of, context.today);
  const computed: Parcel[] = [];
  for (const parcel of parcels) {
    signal.throwIfAborted();
    const asked = { as_of, cross: 'affected' as const, activity, details, accuracy_m };
    const answer: JudgedOverlay = await overlayOf(parcel.shape, asked, context);
    computed.push({ ...parcel, answer: localise(answer, language) as OverlayAnswer });
  }
  const shapes = parcels.map(({ shape }) => shapeEwkb(shape));
  return {
    title: clean(request.title),
    as_of,
    accuracy_m: accuracy_m ?? null,
    parcels: computed,
    common: await commonLand(db, shapes, overlay.gridSize),
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
