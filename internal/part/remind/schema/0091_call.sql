-- +goose Up
-- Telephone calls to units that are late, and what was said.
CREATE TABLE reminder_call (
	id           ROWID_KEY,
	key          TEXT   NOT NULL UNIQUE, -- of the form
	unit_id      BIGINT NOT NULL, -- that was called
	by_unit      BIGINT NOT NULL, -- whose office called
	person_id    BIGINT NOT NULL, -- who called
	directive_id BIGINT NOT NULL,
	milestone    TEXT   NOT NULL,
	result       TEXT   NOT NULL, -- promised, no-answer, refused, dictated
	until        TEXT   NOT NULL, -- the day by which the unit will send; '' for none
	note         TEXT   NOT NULL,
	made_at      BIGINT NOT NULL
);
CREATE INDEX reminder_call_unit ON reminder_call (unit_id, id);
CREATE INDEX reminder_urged ON reminder (directive_id, milestone, stage);
