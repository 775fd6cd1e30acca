/** What a member of an archive is, by its name. A name is looked up, never used as a path. */
export type MemberKind = { kind: 'rows'; table: string; part: number } | { kind: 'file'; sha256: string };

const ROWS = /^rows\/([a-z_][a-z0-9_]{0,62})\/(\d{8})\.ndjson$/;
const FILE = /^files\/([0-9a-f]{64})$/;

export function rowsMember(table: string, part: number): string {
  return `rows/${table}/${String(part).padStart(8, '0')}.ndjson`;
}

export function fileMember(sha256: string): string {
  const member = `files/${sha256}`;
  if (!FILE.test(member)) throw new Error(`not a SHA-256: ${sha256}`);
  return member;
}

/** null: a name that no archive of ours has among its rows and files. */
export function readMemberName(name: string): MemberKind | null {
  const rows = ROWS.exec(name);
  if (rows) return { kind: 'rows', table: rows[1]!, part: Number(rows[2]) };
  const file = FILE.exec(name);
  return file ? { kind: 'file', sha256: file[1]! } : null;
}
