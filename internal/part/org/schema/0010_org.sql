-- +goose Up
-- One row: the profile that the installation follows, and the lock that every
-- change of the tree takes first.
CREATE TABLE organisation (
	id       INTEGER PRIMARY KEY CHECK (id = 1),
	profile  TEXT   NOT NULL, -- name of the profile
	version  TEXT   NOT NULL,
	document TEXT   NOT NULL, -- the profile's bytes as adopted
	root     BIGINT NOT NULL,
	changes  BIGINT NOT NULL
);

CREATE TABLE unit (
	id   ROWID_KEY,
	code TEXT NOT NULL UNIQUE
);

-- What a unit was from one day (included) to another (excluded; '' for open).
CREATE TABLE unit_period (
	unit_id   BIGINT NOT NULL REFERENCES unit (id),
	from_date TEXT   NOT NULL,
	to_date   TEXT   NOT NULL,
	name      TEXT   NOT NULL,
	folded    TEXT   NOT NULL,
	level     TEXT   NOT NULL,
	kind      TEXT   NOT NULL,
	parent_id BIGINT NOT NULL, -- 0 for the root
	PRIMARY KEY (unit_id, from_date)
);
CREATE INDEX unit_period_parent ON unit_period (parent_id, to_date);

CREATE TABLE body (
	id        ROWID_KEY,
	unit_id   BIGINT NOT NULL REFERENCES unit (id),
	kind      TEXT   NOT NULL, -- key of a body of the profile
	name      TEXT   NOT NULL,
	from_date TEXT   NOT NULL,
	to_date   TEXT   NOT NULL
);
CREATE INDEX body_unit ON body (unit_id);

CREATE TABLE post (
	id        ROWID_KEY,
	unit_id   BIGINT NOT NULL REFERENCES unit (id),
	body      TEXT   NOT NULL, -- key of a body of the profile
	kind      TEXT   NOT NULL, -- key of a post of the profile
	person_id BIGINT NOT NULL, -- 0 when the person has no account
	name      TEXT   NOT NULL, -- of the person
	from_date TEXT   NOT NULL,
	to_date   TEXT   NOT NULL
);
CREATE INDEX post_unit ON post (unit_id);
CREATE INDEX post_person ON post (person_id);
