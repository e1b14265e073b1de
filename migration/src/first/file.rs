//! Files that were uploaded or written out, and the jobs that write them. Their bytes are objects of the file store.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE stored_file (
  id I64 PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('PARTNER_INVOICE', 'EXPORT', 'FEEDBACK', 'OPPORTUNITY')),
  name TEXT NOT NULL,
  content_type TEXT,
  bytes I64 NOT NULL CHECK (bytes >= 0),
  sha256 TEXT,
  path TEXT,
  partner_id I64 REFERENCES partner (id),
  state TEXT NOT NULL CHECK (state IN ('AWAITING_UPLOAD', 'STORED', 'DELETED')),
  upload_token_hash TEXT UNIQUE,
  upload_expires_at I64,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  expires_at I64,
  CHECK (state <> 'STORED' OR (content_type IS NOT NULL AND sha256 IS NOT NULL AND path IS NOT NULL)),
  CHECK (state <> 'AWAITING_UPLOAD' OR upload_expires_at IS NOT NULL)
) STRICT;;
CREATE INDEX stored_file_awaited ON stored_file (upload_expires_at) WHERE state = 'AWAITING_UPLOAD';;
CREATE INDEX stored_file_expiring ON stored_file (expires_at) WHERE state = 'STORED';;
CREATE INDEX stored_file_left_over ON stored_file (id) WHERE state = 'DELETED' AND path IS NOT NULL;;

CREATE TABLE export_job (
  id I64 PRIMARY KEY,
  what TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('CSV', 'CSV_GZIP', 'NDJSON')),
  filter TEXT NOT NULL,
  principal TEXT NOT NULL,
  partner_id I64 REFERENCES partner (id),
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'EXPIRED')),
  rows_total I64,
  rows_done I64 NOT NULL,
  bytes I64 NOT NULL,
  file_id I64 NOT NULL REFERENCES stored_file (id),
  generation I32 NOT NULL,
  lease_until I64 NOT NULL,
  attempts I32 NOT NULL,
  retry_at I64 NOT NULL,
  error_code TEXT,
  error_detail TEXT,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  finished_at I64,
  expires_at I64 NOT NULL
) STRICT;;
CREATE INDEX export_job_by_age ON export_job (created_at, id);;
CREATE INDEX export_job_by_partner ON export_job (partner_id, created_at);;
CREATE INDEX export_job_at_work ON export_job (created_by, retry_at) WHERE state IN ('PENDING', 'RUNNING');;
CREATE INDEX export_job_expiring ON export_job (expires_at) WHERE state IN ('PENDING', 'RUNNING', 'COMPLETED');;
";
