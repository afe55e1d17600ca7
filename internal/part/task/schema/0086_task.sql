-- +goose Up
-- What is to be done, by a set of units that is fixed when it is given; what was said
-- and done about it is in the log.
CREATE TABLE task (
	id           ROWID_KEY,
	key          TEXT   NOT NULL UNIQUE, -- of what gave it: one form or point, one task
	giver_id     BIGINT NOT NULL, -- the unit that gives it
	given_by     BIGINT NOT NULL, -- a person
	giver        TEXT   NOT NULL, -- name and post
	given_at     BIGINT NOT NULL,
	source       TEXT   NOT NULL, -- conclusion, directive, difficulty, letter, hand, task
	source_id    BIGINT NOT NULL, -- 0 where the source has none
	source_part  BIGINT NOT NULL, -- its number in the source: the point, or the unit that splits its task
	source_title TEXT   NOT NULL, -- as people name the source
	title        TEXT   NOT NULL,
	body_text    TEXT   NOT NULL,
	secrecy      TEXT   NOT NULL,
	urgency      TEXT   NOT NULL,
	body         TEXT   NOT NULL, -- of the profile: whose task it is in each unit
	deadline     TEXT   NOT NULL, -- the last day
	directive_id BIGINT NOT NULL, -- 0 for none
	milestone    TEXT   NOT NULL, -- that ends a share when it is reached; '' for none
	verifier_id  BIGINT NOT NULL, -- the unit whose office verifies
	state        TEXT   NOT NULL, -- announced, live, withdrawn
	bound_by     TEXT   NOT NULL, -- the document by which what was announced binds; '' for none
	units        BYTEA  NOT NULL, -- ids in order, each as the distance from the one before
	unit_count   BIGINT NOT NULL,
	ended_at     BIGINT NOT NULL, -- withdrawn; 0 while it is not
	revision     BIGINT NOT NULL
);
CREATE INDEX task_source ON task (source, source_id);
CREATE INDEX task_giver ON task (giver_id, state);
CREATE INDEX task_milestone ON task (directive_id, milestone);

-- A unit's share of a task, from when something was first done about it.
CREATE TABLE task_share (
	task_id    BIGINT NOT NULL REFERENCES task (id),
	unit_id    BIGINT NOT NULL,
	state      TEXT   NOT NULL, -- '' (not seen), seen, done, returned, verified
	deadline   TEXT   NOT NULL, -- extended to; '' for the task's
	asked      TEXT   NOT NULL, -- the day asked for that is not decided; '' for none
	asked_why  TEXT   NOT NULL,
	done_at    BIGINT NOT NULL, -- said to be done; 0 while it is not
	ended_at   BIGINT NOT NULL, -- verified; 0 while it is not
	evidence   TEXT   NOT NULL, -- what was done, in words
	report_id  BIGINT NOT NULL, -- that shows it; 0 for none
	revision   BIGINT NOT NULL,
	PRIMARY KEY (task_id, unit_id)
);
CREATE INDEX task_share_unit ON task_share (unit_id);

CREATE TABLE task_file (
	task_id BIGINT  NOT NULL REFERENCES task (id),
	unit_id BIGINT  NOT NULL,
	place   INTEGER NOT NULL,
	file_id TEXT    NOT NULL,
	PRIMARY KEY (task_id, unit_id, place)
);

-- The people in a unit to whom its leader gave its share.
CREATE TABLE task_person (
	task_id   BIGINT NOT NULL REFERENCES task (id),
	unit_id   BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	name      TEXT   NOT NULL, -- when it was given
	PRIMARY KEY (task_id, unit_id, person_id)
);
CREATE INDEX task_person_person ON task_person (person_id);
