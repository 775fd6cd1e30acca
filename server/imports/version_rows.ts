import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { copyFeatures, insertFeatures, type LandFeature } from '../layers/index.ts';
import { copyPlane, stagePlane } from '../overlay/index.ts';
import type { Lane } from './lane.ts';
import { type PreparedFeature, prepareFeature } from './prepare_feature.ts';

/** A batch ends at so many features or so many bytes of geometry, whichever comes first. */
const BATCH = 1_000;
const BATCH_BYTES = 4 * 1024 * 1024;

/** The rows of one version on their way into the database, in batches. */
export class VersionRows {
  count = 0;
  readonly #hash = createHash('sha256');
  #batch: PreparedFeature[] = [];
  #bytes = 0;

  constructor(
    private readonly db: Knex,
    private readonly county: string,
    readonly version: string,
    private readonly copy: boolean,
    private readonly lane: Lane,
  ) {}

  async add(feature: LandFeature): Promise<void> {
    const prepared = prepareFeature(feature, this.version, ++this.count);
    this.#hash.update(prepared.row.class_code).update(prepared.row.geom);
    this.#batch.push(prepared);
    this.#bytes += prepared.row.geom.length;
    if (this.#batch.length >= BATCH || this.#bytes >= BATCH_BYTES) await this.flush();
  }

  /** Hands over what is left of a batch. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#bytes = 0;
    const { db, county, version } = this;
    const [features, plane] = this.copy ? [copyFeatures, copyPlane] : [insertFeatures, stagePlane];
    await this.lane.push(async () => {
      await features(
        db,
        county,
        version,
        batch.map(({ row }) => row),
      );
      await plane(
        db,
        batch.map(({ piece }) => piece),
      );
    });
  }

  /** SHA-256 (hex) over classes and geometry in order. */
  checksum(): string {
    return this.#hash.digest('hex');
  }
}
