-- Signatures by nodes' own keys that were used, until they are too old to be used again.
CREATE TABLE node_signature (
  digest VARCHAR(64) PRIMARY KEY,
  until_at BIGINT NOT NULL
);

CREATE INDEX node_signature_until ON node_signature (until_at);
