-- +goose Up
-- Moments are microseconds UTC; 0 means that it has not happened.
CREATE TABLE person (
	id       ROWID_KEY,
	name     TEXT   NOT NULL,
	folded   TEXT   NOT NULL, -- name and login without marks, for search
	email    TEXT   NOT NULL,
	phone    TEXT   NOT NULL,
	login    TEXT   UNIQUE,   -- none before an invitation was accepted
	password TEXT   NOT NULL, -- argon2id in its usual form; '' for none
	language TEXT   NOT NULL,
	created  BIGINT NOT NULL,
	disabled BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE role_grant (
	id     ROWID_KEY,
	person BIGINT NOT NULL REFERENCES person (id),
	unit   BIGINT NOT NULL,
	role   TEXT   NOT NULL,
	given  BIGINT NOT NULL,
	ended  BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX role_grant_held ON role_grant (person, unit, role) WHERE ended = 0;
CREATE INDEX role_grant_unit ON role_grant (unit, ended);
CREATE INDEX role_grant_role ON role_grant (role, ended);

CREATE TABLE session (
	id            ROWID_KEY,
	token         BYTEA  NOT NULL UNIQUE, -- SHA-256 of what the browser holds
	person        BIGINT NOT NULL REFERENCES person (id),
	created       BIGINT NOT NULL,
	seen          BIGINT NOT NULL,
	window_opened BIGINT NOT NULL DEFAULT 0,
	agent         TEXT   NOT NULL,
	address       TEXT   NOT NULL
);
CREATE INDEX session_person ON session (person);

CREATE TABLE invitation (
	id         ROWID_KEY,
	code       BYTEA  NOT NULL UNIQUE, -- SHA-256 of the 80-bit code
	unit       BIGINT NOT NULL,
	roles      TEXT   NOT NULL,        -- separated by spaces
	name       TEXT   NOT NULL,
	email      TEXT   NOT NULL,
	person     BIGINT REFERENCES person (id), -- who gets a new password by it
	invited_by BIGINT REFERENCES person (id), -- none for the command line
	created    BIGINT NOT NULL,
	expires    BIGINT NOT NULL,
	accepted   BIGINT NOT NULL DEFAULT 0,
	withdrawn  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX invitation_unit ON invitation (unit, accepted, withdrawn);

-- Attempts on a password or code, counted before they are checked.
CREATE TABLE attempt (
	target TEXT   PRIMARY KEY,
	since  BIGINT NOT NULL,
	count  BIGINT NOT NULL
);

-- One row, taken by a set-up so that two at once make one administrator.
CREATE TABLE account_setup (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	tries BIGINT  NOT NULL
);
INSERT INTO account_setup (id, tries) VALUES (1, 0);
