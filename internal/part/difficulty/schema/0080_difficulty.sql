-- +goose Up
-- What stands in a unit's way, as it stands now; what was said about it is in the log.
CREATE TABLE difficulty (
	id           ROWID_KEY,
	key          TEXT   NOT NULL UNIQUE, -- of the form that raised it: one form, one difficulty
	unit_id      BIGINT NOT NULL, -- that raised it
	raised_by    BIGINT NOT NULL, -- a person
	raiser       TEXT   NOT NULL, -- name and post
	raised_at    BIGINT NOT NULL,
	directive_id BIGINT NOT NULL, -- 0 for none
	milestone    TEXT   NOT NULL, -- that it holds back; '' for none
	sort         TEXT   NOT NULL, -- difficulty, incident
	kind         TEXT   NOT NULL, -- of the profile
	urgency      TEXT   NOT NULL,
	secrecy      TEXT   NOT NULL,
	title        TEXT   NOT NULL,
	obstacle     TEXT   NOT NULL,
	needs        TEXT   NOT NULL,
	wanted       TEXT   NOT NULL, -- the day by which an answer is needed; '' for none
	words        TEXT   NOT NULL, -- of title and obstacle, folded, for finding alike ones
	at_id        BIGINT NOT NULL, -- the unit whose office has it now
	at_since     BIGINT NOT NULL,
	silent_at    BIGINT NOT NULL, -- the moment from which silence moves it up; 0 for never
	state        TEXT   NOT NULL, -- open, answered, settled, withdrawn
	head_id      BIGINT NOT NULL, -- the difficulty with which it is answered; 0 for itself
	ended_at     BIGINT NOT NULL, -- settled or withdrawn; 0 while it is not
	revision     BIGINT NOT NULL
);
CREATE INDEX difficulty_unit ON difficulty (unit_id, state);
CREATE INDEX difficulty_at ON difficulty (at_id, state);
CREATE INDEX difficulty_milestone ON difficulty (directive_id, milestone);
CREATE INDEX difficulty_silent ON difficulty (state, silent_at);

CREATE TABLE difficulty_file (
	difficulty_id BIGINT  NOT NULL REFERENCES difficulty (id),
	place         INTEGER NOT NULL,
	file_id       TEXT    NOT NULL,
	PRIMARY KEY (difficulty_id, place)
);

-- The offices that have had it: they may read it still.
CREATE TABLE difficulty_office (
	difficulty_id BIGINT NOT NULL REFERENCES difficulty (id),
	unit_id       BIGINT NOT NULL,
	PRIMARY KEY (difficulty_id, unit_id)
);
CREATE INDEX difficulty_office_unit ON difficulty_office (unit_id);
