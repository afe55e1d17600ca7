-- +goose Up
-- Letters of what units are reminded: about no briefing, but about reminders.
CREATE TABLE letter_new (
	id          ROWID_KEY,
	briefing_id BIGINT  NOT NULL, -- 0 for a letter about reminders
	unit_id     BIGINT  NOT NULL, -- for whose site; the host for who leads the meeting
	person_id   BIGINT  NOT NULL,
	kind        TEXT    NOT NULL, -- invited, changed, cancelled, withdrawn, reminded, digest, urged
	cause       BIGINT  NOT NULL, -- position of the event because of which it is written
	begins_at   BIGINT  NOT NULL, -- when the briefing begins, by this letter
	minutes     INTEGER NOT NULL,
	was_at      BIGINT  NOT NULL, -- when it began by the letter before; 0 for none
	made_at     BIGINT  NOT NULL,
	state       TEXT    NOT NULL, -- waiting, sent, failed, dropped
	attempts    INTEGER NOT NULL,
	due_at      BIGINT  NOT NULL, -- by the machine's clock: not before
	sent_at     BIGINT  NOT NULL, -- 0 until it was
	trouble     TEXT    NOT NULL, -- why it was not sent; ''
	said        TEXT    NOT NULL, -- what the server said to that; it may hold an address
	after_id    BIGINT  NOT NULL DEFAULT 0, -- a digest is about the reminders after this one
	to_id       BIGINT  NOT NULL DEFAULT 0, -- up to this one
	UNIQUE (briefing_id, person_id, cause)
);
INSERT INTO letter_new (id, briefing_id, unit_id, person_id, kind, cause, begins_at, minutes, was_at, made_at, state, attempts, due_at, sent_at, trouble, said)
	SELECT id, briefing_id, unit_id, person_id, kind, cause, begins_at, minutes, was_at, made_at, state, attempts, due_at, sent_at, trouble, said FROM letter;
DROP TABLE letter;
ALTER TABLE letter_new RENAME TO letter;
CREATE INDEX letter_due ON letter (state, due_at);
CREATE INDEX letter_digest ON letter (kind, state);
