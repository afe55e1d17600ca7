-- +goose Up
-- The draft of a unit's next report at a milestone; one at a time.
CREATE TABLE report_draft (
	directive_id BIGINT NOT NULL,
	milestone    TEXT   NOT NULL,
	unit_id      BIGINT NOT NULL,
	key          TEXT   NOT NULL UNIQUE, -- becomes the report's key: one draft, one report
	revision     BIGINT NOT NULL, -- counts saves, to notice two editors
	content      TEXT   NOT NULL, -- values as typed, by indicator, and the language they were typed in; JSON
	person_id    BIGINT NOT NULL, -- who saved last
	saved_at     BIGINT NOT NULL,
	PRIMARY KEY (directive_id, milestone, unit_id)
);

CREATE TABLE report (
	id           ROWID_KEY,
	directive_id BIGINT  NOT NULL,
	milestone    TEXT    NOT NULL,
	unit_id      BIGINT  NOT NULL,
	version      INTEGER NOT NULL, -- from 1 per directive, milestone and unit
	key          TEXT    NOT NULL UNIQUE,
	state        TEXT    NOT NULL, -- submitted, accepted, returned, superseded
	content      TEXT    NOT NULL, -- the very bytes that were signed
	hash         TEXT    NOT NULL, -- SHA-256 of content, hex
	submitted_at BIGINT  NOT NULL,
	submitted_by BIGINT  NOT NULL,
	signer       TEXT    NOT NULL,
	committee    BIGINT  NOT NULL, -- the unit that reported for it; 0 when it did itself
	decided_at   BIGINT  NOT NULL, -- 0 while undecided
	decided_by   BIGINT  NOT NULL,
	decider      TEXT    NOT NULL,
	reason       TEXT    NOT NULL, -- of a return
	UNIQUE (directive_id, milestone, unit_id, version)
);
CREATE INDEX report_unit ON report (unit_id, directive_id);
CREATE INDEX report_state ON report (state, directive_id);
