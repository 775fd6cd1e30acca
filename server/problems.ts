import type { Place } from './contract/index.ts';
import type { Text } from './messages/index.ts';

/**
 * Every error a user can see, in one list: code → HTTP status. The texts stand in
 * `server/messages/{zh,en}.json` under `problems.<code>.title` and `.detail`; a test holds the three together.
 */
export const PROBLEMS = {
  // the request
  invalid_json: 400,
  invalid_request: 400,
  idempotency_mismatch: 422,
  // the caller
  sign_in_required: 401,
  token_invalid: 401,
  csrf_refused: 403,
  password_change_required: 403,
  forbidden: 403,
  edit_conflict: 409,
  // the trail, one's own data
  export_too_large: 422,
  heads_invalid: 422,
  heads_foreign: 422,
  demonstration_account: 409,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  body_too_large: 413,
  unsupported_media_type: 415,
  too_deep: 400,
  // accounts and signing in
  sign_in_failed: 401,
  second_factor_required: 401,
  second_factor_wrong: 401,
  sign_in_throttled: 429,
  link_invalid: 410,
  password_refused: 422,
  password_wrong: 422,
  session_required: 403,
  session_unknown: 404,
  second_factor_present: 409,
  second_factor_absent: 409,
  account_unknown: 404,
  account_inactive: 409,
  beyond_area: 403,
  login_taken: 409,
  division_unknown: 422,
  last_administrator: 409,
  external_taken: 409,
  api_token_unknown: 404,
  token_right_missing: 422,
  token_too_long: 422,
  oidc_absent: 409,
  oidc_failed: 400,
  oidc_unavailable: 503,
  oidc_unlinked: 403,
  oidc_only_way: 409,
  // batches
  batch_unknown: 404,
  batch_item_unknown: 404,
  // a shape
  geometry_type: 422,
  geometry_invalid: 422,
  geometry_empty: 422,
  coordinate_not_finite: 422,
  coordinate_out_of_range: 422,
  coordinates_swapped: 422,
  outside_china: 422,
  too_few_points: 422,
  ring_not_closed: 422,
  self_intersection: 422,
  rings_cross: 422,
  rings_touch: 422,
  hole_outside: 422,
  holes_overlap: 422,
  parts_overlap: 422,
  area_too_small: 422,
  area_too_large: 422,
  too_many_vertices: 422,
  accuracy_required: 422,
  // a coordinate reference system
  crs_unknown: 422,
  crs_contradiction: 422,
  crs_datum_refused: 422,
  crs_ambiguous: 422,
  // a file
  file_missing: 400,
  file_empty: 422,
  file_too_large: 413,
  file_format_unknown: 422,
  file_unreadable: 422,
  line_unreadable: 422,
  file_no_shapes: 422,
  too_many_features: 422,
  archive_limits: 422,
  archive_unsafe: 422,
  encoding_unknown: 422,
  xml_unsafe: 422,
  columns_unknown: 422,
  file_too_complex: 422,
  file_too_slow: 422,
  form_limits: 413,
  upload_too_slow: 408,
  file_type_refused: 422,
  file_two_faced: 422,
  picture_heic: 422,
  picture_damaged: 422,
  picture_too_large: 422,
  file_unknown: 404,
  file_not_checked: 409,
  file_rejected: 409,
  file_quota: 429,
  storage_full: 507,
  // land
  village_unknown: 404,
  check_unknown: 404,
  layer_unknown: 422,
  land_invalid: 422,
  land_not_conserved: 422,
  land_empty: 422,
  land_mixed: 409,
  land_made_otherwise: 409,
  scale_needs_postgis: 422,
  // jobs
  job_kind_unknown: 422,
  too_many_jobs: 429,
  job_ended: 409,
  job_not_ended: 409,
  job_crashed: 500,
  job_right_lost: 403,
  job_step_too_slow: 503,
  job_result_too_large: 422,
  too_many_streams: 429,
  // a backup
  backup_passphrase_needed: 422,
  backup_passphrase_wrong: 422,
  backup_not_encrypted: 422,
  backup_damaged: 422,
  backup_untrusted: 422,
  backup_newer: 422,
  backup_file_exists: 409,
  backup_key_missing: 422,
  backup_land_changing: 503,
  backup_unreachable: 503,
  restore_place_taken: 409,
  restore_check_failed: 500,
  // the server
  too_many_requests: 429,
  starting: 503,
  stopping: 503,
  busy: 503,
  statement_timeout: 503,
  database_unavailable: 503,
  internal: 500,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** An error that a user may see (RFC 9457). `params` fill the placeholders of its texts, `where` names the place of the fault. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly params: Record<string, string | number | Text>;
  readonly where: Place | undefined;

  constructor(
    code: ProblemCode,
    options: { params?: Record<string, string | number | Text>; where?: Place; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.params = options.params ?? {};
    this.where = options.where;
  }

  get status(): number {
    return PROBLEMS[this.code];
  }
}
