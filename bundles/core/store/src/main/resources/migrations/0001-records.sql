-- Keys are UTF-8 bytes: the order of bytes is the same in every database, collations are not.
CREATE TABLE records (
    owner VARCHAR(255) NOT NULL,
    record_key BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (owner, record_key)
);

-- One sequence for all: a revision never comes back, not even after a record was deleted and made again.
CREATE SEQUENCE records_revision;
