-- Times are milliseconds since 1970-01-01 UTC. Secrets are envelopes; the row name in them is table/access_key_id.
CREATE TABLE access_users (
  id VARCHAR(32) PRIMARY KEY,
  name VARCHAR(64) NOT NULL UNIQUE,
  path VARCHAR(512) NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE access_roles (
  id VARCHAR(32) PRIMARY KEY,
  name VARCHAR(64) NOT NULL UNIQUE,
  path VARCHAR(512) NOT NULL,
  created_at BIGINT NOT NULL
);

-- principal_id is the id of a user or a role; policy_name names a managed policy.
CREATE TABLE access_attached_policies (
  principal_id VARCHAR(32) NOT NULL,
  policy_name VARCHAR(128) NOT NULL,
  PRIMARY KEY (principal_id, policy_name)
);

CREATE TABLE access_keys (
  access_key_id VARCHAR(128) PRIMARY KEY,
  user_id VARCHAR(32) NOT NULL REFERENCES access_users (id),
  secret BYTEA NOT NULL,
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE INDEX access_keys_user ON access_keys (user_id);

CREATE TABLE access_temporary_credentials (
  access_key_id VARCHAR(128) PRIMARY KEY,
  role_id VARCHAR(32) NOT NULL REFERENCES access_roles (id),
  node_id VARCHAR(128) NOT NULL,
  secret BYTEA NOT NULL,
  token_hash BYTEA NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX access_temporary_node ON access_temporary_credentials (node_id);

CREATE INDEX access_temporary_expiry ON access_temporary_credentials (expires_at);

-- At most one row: how far the making of the first administrator came.
CREATE TABLE access_first_start (
  id INTEGER PRIMARY KEY,
  user_name VARCHAR(64) NOT NULL,
  access_key_id VARCHAR(128) NOT NULL,
  done BOOLEAN NOT NULL
);

INSERT INTO access_roles (id, name, path, created_at) VALUES ('AROASSMSERVICEROLE234', 'SSMServiceRole', '/service-role/', 0);

INSERT INTO access_attached_policies (principal_id, policy_name) VALUES ('AROASSMSERVICEROLE234', 'AmazonSSMManagedInstanceCore');
