-- +goose Up
CREATE TABLE directive (
	id        ROWID_KEY,
	key       TEXT   NOT NULL UNIQUE, -- of the form that began it: one form, one directive
	unit_id   BIGINT NOT NULL, -- the issuing unit
	state     TEXT   NOT NULL, -- draft, issued, closed
	version   INTEGER NOT NULL, -- the newest issued one; 0 while it is a draft
	revision  BIGINT NOT NULL, -- of the draft, to notice two editors
	draft     TEXT   NOT NULL, -- what is being written: the first version, or the next; JSON, '' for none
	drafted_by BIGINT NOT NULL,
	drafted_at BIGINT NOT NULL,
	issued_at BIGINT NOT NULL, -- of the first version; 0 while it is a draft
	closed_at BIGINT NOT NULL
);
CREATE INDEX directive_unit ON directive (unit_id, state);

CREATE TABLE directive_version (
	directive_id BIGINT  NOT NULL REFERENCES directive (id),
	version      INTEGER NOT NULL,
	revision     BIGINT  NOT NULL, -- of the draft that it was: signing it twice issues it once
	document     TEXT    NOT NULL, -- JSON
	signer       TEXT    NOT NULL, -- name and post
	issued_at    BIGINT  NOT NULL,
	issued_by    BIGINT  NOT NULL,
	PRIMARY KEY (directive_id, version)
);

CREATE TABLE directive_acknowledgement (
	directive_id BIGINT  NOT NULL REFERENCES directive (id),
	unit_id      BIGINT  NOT NULL,
	version      INTEGER NOT NULL,
	person_id    BIGINT  NOT NULL,
	at           BIGINT  NOT NULL,
	PRIMARY KEY (directive_id, unit_id, version)
);

-- A deadline that a unit set for itself and the units of a level below it,
-- earlier than the one it got.
CREATE TABLE directive_deadline (
	directive_id BIGINT NOT NULL REFERENCES directive (id),
	unit_id      BIGINT NOT NULL,
	milestone    TEXT   NOT NULL,
	level        TEXT   NOT NULL,
	deadline     TEXT   NOT NULL,
	PRIMARY KEY (directive_id, unit_id, milestone, level)
);
