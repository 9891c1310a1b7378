-- Times are milliseconds since 1970-01-01 UTC. name_key is the name in lower case: names that differ in case only are one name.
-- boundary_id is the id of a managed policy; one that cannot be found any more denies everything.
-- login is the name of the user's account at the local identity provider; null when the user has no password.
ALTER TABLE access_users ADD COLUMN name_key VARCHAR(128);

ALTER TABLE access_users ADD COLUMN boundary_id VARCHAR(32);

ALTER TABLE access_users ADD COLUMN login VARCHAR(64);

ALTER TABLE access_users ADD COLUMN login_at BIGINT;

ALTER TABLE access_users ADD COLUMN password_used_at BIGINT;

UPDATE access_users SET name_key = LOWER(name);

UPDATE access_users SET login = name, login_at = created_at WHERE name IN (SELECT user_name FROM access_first_start);

CREATE UNIQUE INDEX access_users_key ON access_users (name_key);

CREATE UNIQUE INDEX access_users_login ON access_users (login);

-- trust is a policy document. used_at is when the role's temporary credentials signed last, to the minute.
ALTER TABLE access_roles ADD COLUMN name_key VARCHAR(128);

ALTER TABLE access_roles ADD COLUMN trust VARCHAR(131072);

ALTER TABLE access_roles ADD COLUMN description VARCHAR(1000) DEFAULT '' NOT NULL;

ALTER TABLE access_roles ADD COLUMN longest_s BIGINT DEFAULT 3600 NOT NULL;

ALTER TABLE access_roles ADD COLUMN boundary_id VARCHAR(32);

ALTER TABLE access_roles ADD COLUMN used_at BIGINT;

ALTER TABLE access_roles ADD COLUMN used_service VARCHAR(64);

ALTER TABLE access_roles ADD COLUMN used_region VARCHAR(64);

UPDATE access_roles SET name_key = LOWER(name), trust = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ssm.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

CREATE UNIQUE INDEX access_roles_key ON access_roles (name_key);

CREATE TABLE access_groups (
  id VARCHAR(32) PRIMARY KEY,
  name VARCHAR(128) NOT NULL,
  name_key VARCHAR(128) NOT NULL UNIQUE,
  path VARCHAR(512) NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE access_members (
  group_id VARCHAR(32) NOT NULL REFERENCES access_groups (id),
  user_id VARCHAR(32) NOT NULL REFERENCES access_users (id),
  PRIMARY KEY (group_id, user_id)
);

CREATE INDEX access_members_user ON access_members (user_id);

CREATE TABLE access_profiles (
  id VARCHAR(32) PRIMARY KEY,
  name VARCHAR(128) NOT NULL,
  name_key VARCHAR(128) NOT NULL UNIQUE,
  path VARCHAR(512) NOT NULL,
  created_at BIGINT NOT NULL,
  role_id VARCHAR(32) REFERENCES access_roles (id)
);

CREATE INDEX access_profiles_role ON access_profiles (role_id);

-- The managed policies of this account; those that come with the server are in its bundle.
CREATE TABLE access_policies (
  id VARCHAR(32) PRIMARY KEY,
  name VARCHAR(128) NOT NULL,
  name_key VARCHAR(128) NOT NULL UNIQUE,
  path VARCHAR(512) NOT NULL,
  description VARCHAR(1000) NOT NULL,
  default_version INTEGER NOT NULL,
  newest_version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE access_policy_versions (
  policy_id VARCHAR(32) NOT NULL REFERENCES access_policies (id),
  version INTEGER NOT NULL,
  document VARCHAR(131072) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (policy_id, version)
);

-- owner_id is the id of a user, group or role; policy_id that of a managed policy, of this account or of the server.
CREATE TABLE access_attachments (
  owner_id VARCHAR(32) NOT NULL,
  policy_id VARCHAR(32) NOT NULL,
  PRIMARY KEY (owner_id, policy_id)
);

CREATE INDEX access_attachments_policy ON access_attachments (policy_id);

INSERT INTO access_attachments (owner_id, policy_id) SELECT principal_id, CASE policy_name
  WHEN 'AdministratorAccess' THEN 'ANPAIWMBCKSKIEE64ZLYK' WHEN 'AmazonSSMManagedInstanceCore' THEN 'ANPAIXSHM2BNB2D3AXXRU'
  ELSE policy_name END FROM access_attached_policies;

-- What is attached is in access_attachments from here on.
DROP TABLE access_attached_policies;

-- characters is the document's size as quotas count it.
CREATE TABLE access_inline (
  owner_id VARCHAR(32) NOT NULL,
  name VARCHAR(128) NOT NULL,
  document VARCHAR(131072) NOT NULL,
  characters INTEGER NOT NULL,
  PRIMARY KEY (owner_id, name)
);

-- key_lower makes keys that differ in case only one key.
CREATE TABLE access_tags (
  owner_id VARCHAR(32) NOT NULL,
  key_lower VARCHAR(128) NOT NULL,
  tag_key VARCHAR(128) NOT NULL,
  tag_value VARCHAR(256) NOT NULL,
  PRIMARY KEY (owner_id, key_lower)
);

-- used_at is when the key signed last, to the minute.
ALTER TABLE access_keys ADD COLUMN used_at BIGINT;

ALTER TABLE access_keys ADD COLUMN used_service VARCHAR(64);

ALTER TABLE access_keys ADD COLUMN used_region VARCHAR(64);

-- Temporary credentials of people and programs: owner_id is the id of their user or role, facts is what is known of the session, JSON.
CREATE TABLE access_session_credentials (
  access_key_id VARCHAR(128) PRIMARY KEY,
  owner_id VARCHAR(32) NOT NULL,
  session_name VARCHAR(64) NOT NULL,
  secret BYTEA NOT NULL,
  token_hash BYTEA NOT NULL,
  expires_at BIGINT NOT NULL,
  facts VARCHAR(131072) NOT NULL
);

CREATE INDEX access_session_credentials_owner ON access_session_credentials (owner_id);

CREATE INDEX access_session_credentials_expiry ON access_session_credentials (expires_at);

-- One row. The number grows with each change of what decisions follow from; a change locks the row first, so changes go one after the other.
CREATE TABLE access_version (
  id INTEGER PRIMARY KEY,
  version BIGINT NOT NULL
);

INSERT INTO access_version (id, version) VALUES (1, 1);

-- Denials and why, JSON, for administrators.
CREATE TABLE access_denials (
  reference VARCHAR(32) PRIMARY KEY,
  denied_at BIGINT NOT NULL,
  principal_id VARCHAR(256) NOT NULL,
  principal_arn VARCHAR(2048) NOT NULL,
  content VARCHAR(262144) NOT NULL
);

CREATE INDEX access_denials_time ON access_denials (denied_at, reference);

-- second_factor: a code was taken at the sign-in.
ALTER TABLE access_web_sessions ADD COLUMN second_factor BOOLEAN DEFAULT FALSE NOT NULL;

ALTER TABLE access_temporary_logins ADD COLUMN second_factor BOOLEAN DEFAULT FALSE NOT NULL;
