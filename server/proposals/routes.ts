import { PRIVATE, SHAPE_PROBLEMS } from '../checks/index.ts';
import { ProposalExportRequest, type ProposalFormat } from '../contract/index.ts';
import { type Endpoint, endpoint, Reply } from '../http/index.ts';
import { overlayCost } from '../overlay/index.ts';
import type { RuleBook } from '../rules/index.ts';
import { today } from '../today.ts';
import { type ReadParcel, readParcels, runProposal } from './run_proposal.ts';
import { Words } from './words.ts';
import { writeCsv } from './write_csv.ts';
import { writeGeojson } from './write_geojson.ts';
import { writeXlsx } from './write_xlsx.ts';

/** A body with its shapes read, before a connection is taken for it. */
type Read = ProposalExportRequest & { shapes: ReadParcel[] };

const TYPES: Readonly<Record<ProposalFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
};

export function proposalRoutes(rules: RuleBook): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/overlays/export',
      summary:
        'A proposal of several parcels, computed anew, as a workbook, CSV or GeoJSON. Nothing is kept.',
      access: 'overlays.run',
      openOnLoopback: true,
      body: ProposalExportRequest,
      reply: TYPES.xlsx,
      problems: [...SHAPE_PROBLEMS, 'forbidden'],
      snapshot: true,
      prepare: async ({ body, language }): Promise<Read> => ({
        ...body,
        shapes: readParcels(body, language),
      }),
      cost: (body) => {
        const { shapes, accuracy_m } = body as Read;
        const asked = { cross: 'affected' as const, accuracy_m };
        return shapes.reduce((sum, { shape }) => sum + overlayCost(shape, asked), 0);
      },
      handle: async ({ body, db, gridSize, language, warn, signal }) => {
        const overlay = {
          gridSize,
          onFailure: (layer: string, error: unknown) => warn(`overlay of ${layer}`, error),
        };
        const context = { db, rules, overlay, today: today(), language, signal };
        const proposal = await runProposal((body as Read).shapes, body, context);
        const words = new Words(language);
        const madeAt = new Date();
        const file =
          body.format === 'xlsx'
            ? await writeXlsx(proposal, words, rules, madeAt)
            : body.format === 'csv'
              ? writeCsv(proposal, words)
              : writeGeojson(proposal, words, madeAt);
        return new Reply(file, {
          headers: {
            ...PRIVATE,
            'Content-Type': TYPES[body.format],
            'Content-Disposition': disposition(`${words.say('file')}-${proposal.as_of}`, body.format),
          },
        });
      },
    }),
  ];
}

/** A file name of our own making: what a user calls a proposal has no business in a header. */
function disposition(name: string, format: ProposalFormat): string {
  return `attachment; filename="proposal.${format}"; filename*=UTF-8''${encodeURIComponent(name)}.${format}`;
}
