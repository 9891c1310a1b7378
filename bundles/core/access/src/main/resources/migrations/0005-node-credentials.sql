-- When a node's credentials were issued, in milliseconds since 1970-01-01 UTC; empty for those from before this was kept.
ALTER TABLE access_temporary_credentials ADD COLUMN issued_at BIGINT;
