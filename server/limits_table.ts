import { MAX_ARCHIVE_ENTRIES, MAX_UNPACKED_BYTES } from './archive/index.ts';
import { MAX_PROPOSAL_PARCELS } from './contract/index.ts';
import { ACQUIRE_LIMIT_MS, STATEMENT_LIMIT_MS } from './db/index.ts';
import { STORED_FILE_LIMITS } from './files/index.ts';
import { MAX_AREA_M2, MAX_CHECK_VERTICES, MAX_VERTICES, MIN_AREA_M2 } from './geometry/index.ts';
import {
  DISK_RESERVE_BYTES,
  MAX_BODY_BYTES_IN_FLIGHT,
  MAX_CALLS_IN_FLIGHT,
  MAX_DEPTH,
  MAX_HEAVY_WAITING,
  MAX_HEAVY_WAITING_OF_ONE,
  MAX_INCOMING_BYTES,
  MAX_INCOMING_FILES,
  MAX_JSON_BYTES,
  RATES_PER_MINUTE,
  UPLOAD_IDLE_MS,
  UPLOAD_LIMIT_MS,
} from './http/index.ts';
import { BATCH_READER, FILE_LIMITS, READER } from './imports/index.ts';
import {
  MAX_INPUT_BYTES,
  MAX_JOBS_PER_PERSON,
  MAX_RESULT_BYTES,
  MAX_STEP_MS,
  MAX_STREAMS,
  MAX_STREAMS_PER_PERSON,
} from './jobs/index.ts';
import type { ProblemCode } from './problems.ts';

export interface Limit {
  value: number;
  unit: string;
  problem: ProblemCode;
}

/** Every bound on what comes from outside, in one place: OpenAPI prints it, and docs/limits.md is held to it. */
export const LIMITS: Record<string, Limit> = {
  json_body: { value: MAX_JSON_BYTES, unit: 'B', problem: 'body_too_large' },
  json_depth: { value: MAX_DEPTH, unit: '', problem: 'too_deep' },
  bodies_in_flight: { value: MAX_BODY_BYTES_IN_FLIGHT, unit: 'B', problem: 'busy' },
  calls_in_flight: { value: MAX_CALLS_IN_FLIGHT, unit: '', problem: 'busy' },
  heavy_waiting: { value: MAX_HEAVY_WAITING, unit: '', problem: 'busy' },
  heavy_waiting_of_one: { value: MAX_HEAVY_WAITING_OF_ONE, unit: '', problem: 'busy' },
  reads_per_minute: { value: RATES_PER_MINUTE.read, unit: '', problem: 'too_many_requests' },
  checks_per_minute: { value: RATES_PER_MINUTE.check, unit: '', problem: 'too_many_requests' },
  uploads_per_minute: { value: RATES_PER_MINUTE.upload, unit: '', problem: 'too_many_requests' },
  file: { value: FILE_LIMITS.MAX_FILE_BYTES, unit: 'B', problem: 'file_too_large' },
  picture_file: { value: STORED_FILE_LIMITS.MAX_BYTES_FOR.picture, unit: 'B', problem: 'file_too_large' },
  document_file: { value: STORED_FILE_LIMITS.MAX_BYTES_FOR.document, unit: 'B', problem: 'file_too_large' },
  data_file: { value: STORED_FILE_LIMITS.MAX_BYTES_FOR.data, unit: 'B', problem: 'file_too_large' },
  picture_pixels: { value: STORED_FILE_LIMITS.MAX_PIXELS, unit: '', problem: 'picture_too_large' },
  files_per_day: { value: STORED_FILE_LIMITS.QUOTA_BYTES, unit: 'B', problem: 'file_quota' },
  files_to_check: { value: STORED_FILE_LIMITS.CHECKS_WAITING, unit: '', problem: 'busy' },
  uploads_in_flight: { value: MAX_INCOMING_FILES, unit: '', problem: 'busy' },
  upload_bytes_in_flight: { value: MAX_INCOMING_BYTES, unit: 'B', problem: 'busy' },
  upload_time: { value: UPLOAD_LIMIT_MS, unit: 'ms', problem: 'upload_too_slow' },
  upload_silence: { value: UPLOAD_IDLE_MS, unit: 'ms', problem: 'upload_too_slow' },
  disk_reserve: { value: DISK_RESERVE_BYTES, unit: 'B', problem: 'storage_full' },
  archive_entries: { value: MAX_ARCHIVE_ENTRIES, unit: '', problem: 'archive_limits' },
  archive_unpacked: { value: MAX_UNPACKED_BYTES, unit: 'B', problem: 'archive_limits' },
  file_features: { value: FILE_LIMITS.MAX_FEATURES, unit: '', problem: 'too_many_features' },
  file_vertices: { value: FILE_LIMITS.MAX_FILE_VERTICES, unit: '', problem: 'too_many_vertices' },
  proposal_parcels: { value: MAX_PROPOSAL_PARCELS, unit: '', problem: 'invalid_request' },
  batch_file: { value: FILE_LIMITS.MAX_BATCH_FILE_BYTES, unit: 'B', problem: 'file_too_large' },
  batch_shapes: { value: FILE_LIMITS.MAX_BATCH_FEATURES, unit: '', problem: 'too_many_features' },
  batch_vertices: { value: FILE_LIMITS.MAX_BATCH_VERTICES, unit: '', problem: 'too_many_vertices' },
  batch_time: { value: BATCH_READER.limitMs, unit: 'ms', problem: 'file_too_slow' },
  batch_memory: { value: BATCH_READER.memoryMb * 1024 * 1024, unit: 'B', problem: 'file_too_complex' },
  batches_waiting: { value: BATCH_READER.waiting, unit: '', problem: 'busy' },
  file_time: { value: READER.limitMs, unit: 'ms', problem: 'file_too_slow' },
  file_memory: { value: READER.memoryMb * 1024 * 1024, unit: 'B', problem: 'file_too_complex' },
  files_waiting: { value: READER.waiting, unit: '', problem: 'busy' },
  xml_depth: { value: FILE_LIMITS.MAX_XML_DEPTH, unit: '', problem: 'xml_unsafe' },
  xml_tags: { value: FILE_LIMITS.MAX_XML_TAGS, unit: '', problem: 'xml_unsafe' },
  shape_vertices: { value: MAX_VERTICES, unit: '', problem: 'too_many_vertices' },
  check_vertices: { value: MAX_CHECK_VERTICES, unit: '', problem: 'too_many_vertices' },
  shape_area_max: { value: MAX_AREA_M2, unit: 'm²', problem: 'area_too_large' },
  batch_shape_area_max: { value: FILE_LIMITS.MAX_BATCH_AREA_M2, unit: 'm²', problem: 'area_too_large' },
  shape_area_min: { value: MIN_AREA_M2, unit: 'm²', problem: 'area_too_small' },
  statement: { value: STATEMENT_LIMIT_MS, unit: 'ms', problem: 'statement_timeout' },
  jobs_per_person: { value: MAX_JOBS_PER_PERSON, unit: '', problem: 'too_many_jobs' },
  job_input: { value: MAX_INPUT_BYTES, unit: 'B', problem: 'body_too_large' },
  job_result: { value: MAX_RESULT_BYTES, unit: 'B', problem: 'job_result_too_large' },
  job_step: { value: MAX_STEP_MS, unit: 'ms', problem: 'job_step_too_slow' },
  job_streams: { value: MAX_STREAMS, unit: '', problem: 'too_many_streams' },
  job_streams_per_person: { value: MAX_STREAMS_PER_PERSON, unit: '', problem: 'too_many_streams' },
  connection_wait: { value: ACQUIRE_LIMIT_MS, unit: 'ms', problem: 'busy' },
};
