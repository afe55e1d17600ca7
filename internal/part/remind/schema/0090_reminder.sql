-- +goose Up
-- Of what units were reminded. One cause is one row for a unit, for good.
CREATE TABLE reminder (
	id           ROWID_KEY,
	unit_id      BIGINT NOT NULL, -- that is reminded
	cause        TEXT   NOT NULL, -- what is owed, until when, and which of its reminders this is
	what         TEXT   NOT NULL, -- report, cells, below, difficulty, invitation, task
	stage        TEXT   NOT NULL, -- before, on, after, above, urged
	directive_id BIGINT NOT NULL, -- 0 for none
	milestone    TEXT   NOT NULL, -- '' for none
	level        TEXT   NOT NULL, -- of cells and of units below; '' for none
	about_id     BIGINT NOT NULL, -- the difficulty or briefing; 0 for none
	deadline     TEXT   NOT NULL,
	late         BIGINT NOT NULL, -- how many units below are; 0 for none
	by_unit      BIGINT NOT NULL, -- that urges; 0 for the rule
	by_person    BIGINT NOT NULL,
	note         TEXT   NOT NULL, -- of who urges
	made_at      BIGINT NOT NULL,
	UNIQUE (unit_id, cause)
);
CREATE INDEX reminder_unit ON reminder (unit_id, id);

-- The working days on which all reminders that were due have been made.
CREATE TABLE reminder_round (
	day     TEXT   PRIMARY KEY,
	made_at BIGINT NOT NULL,
	last_id BIGINT NOT NULL -- of the newest reminder by then
);

CREATE TABLE reminder_seen (
	person_id   BIGINT NOT NULL,
	reminder_id BIGINT NOT NULL REFERENCES reminder (id),
	PRIMARY KEY (person_id, reminder_id)
);

-- What a person chose, and up to which reminder all was read.
CREATE TABLE reminder_person (
	person_id BIGINT  PRIMARY KEY,
	read_to   BIGINT  NOT NULL,
	unmailed  INTEGER NOT NULL -- 1 for who wants no mail of reminders
);
